import type { Company } from './useCompany.ts'
import type { Sat } from './useSitting.ts'
import { computed, shallowRef } from 'vue'
import { votedOrder } from '#shared/meeting/order.ts'
import { isVoteOf } from '#shared/meeting/report.ts'
import { sumWords } from './countWords.ts'
import { compareIssues, raiseIssue, shelfOf } from './issueRules.ts'
import { useRecords } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'
import { phaseOf } from './useRound.ts'

/** A meeting's issues: the vote on them, the order it gives, the one being talked about, and what was solved. */
export function useTalk(sat: Sat, company: Company) {
  const replica = useReplica()
  const { may } = usePredict(company)
  const team = computed(() => sat.meeting.value?.team)
  const issues = useRecords({ kind: 'issue' })
  const rounds = useRecords(() => team.value ? { kind: 'round' as const, parent: team.value } : undefined)
  const issueBy = computed(() => new Map(issues.value.map(issue => [issue.id, issue])))

  const own = computed(() => rounds.value.filter(({ d }) => sat.meeting.value && isVoteOf(sat.id(), sat.meeting.value, d)).sort((one, other) => other.d.openedAt - one.d.openedAt))
  const running = computed(() => [...own.value, ...rounds.value].find(round => phaseOf(round) !== 'closed'))
  const closed = computed(() => own.value.filter(round => phaseOf(round) === 'closed'))
  /** The vote to show: the one that runs, else the last of this meeting. */
  const vote = computed(() => running.value ?? closed.value[0])
  const ballots = useRecords(() => closed.value.length ? { kind: 'ballot' as const, parent: closed.value.map(({ id }) => id) } : undefined)
  const order = computed(() => votedOrder(closed.value, ballots.value.map(({ d }) => d), id => issueBy.value.get(id)?.d))
  const count = computed(() => (closed.value.find(({ d }) => !d.tieOf) ?? closed.value[0])?.d.count)
  /** What the vote gave an issue, in words; nothing where it gave none. */
  function votesOf(issue: string): string | undefined {
    const votes = order.value.find(line => line.issue === issue)?.votes
    return votes ? sumWords(count.value, votes) : undefined
  }

  const open = computed(() => {
    const places = new Map(order.value.map(({ issue }, place) => [issue, place]))
    const place = (id: string) => places.get(id) ?? places.size
    return issues.value
      .filter(({ id, d }) => !d.archived && !d.draft && shelfOf(d) === 'now' && (d.team === team.value || (!d.team && places.has(id))))
      .sort((one, other) => place(one.id) - place(other.id) || compareIssues(one, other))
  })
  const solved = computed(() => issues.value.filter(({ d }) => d.solvedIn === sat.id() && d.state === 'solved' && !d.archived).sort(compareIssues))

  /** What this person turned to; without it, the first that is left. */
  const picked = shallowRef<string>()
  const current = computed(() => (picked.value && issueBy.value.get(picked.value)) || open.value[0])
  const rest = computed(() => open.value.filter(({ id }) => id !== current.value?.id))
  const pick = (id: string | undefined) => picked.value = id
  function next(): void {
    const at = open.value.findIndex(({ id }) => id === current.value?.id)
    picked.value = open.value[(at + 1) % open.value.length]?.id
  }

  const mayVote = computed(() => team.value !== undefined && may({
    kind: 'round',
    set: { team: team.value, state: 'open', issues: [], voters: [], dots: 1, cap: 1, openedBy: company.me, openedAt: 0 },
  }))
  const add = (title: string) => raiseIssue(replica, { title, team: team.value, meeting: sat.id() })

  return { issues, running, vote, votesOf, voted: computed(() => order.value.length > 0), solved, picked, current, rest, pick, next, mayVote, add }
}
