import type { Round } from '#shared/record/round.ts'
import type { Company } from './useCompany.ts'
import type { RoundRecord } from './useRound.ts'
import { computed, shallowRef } from 'vue'
import { tally } from '#shared/issue/tally.ts'
import { teamOfMine } from './issueRules.ts'
import { useRecords } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'
import { phaseOf, votedCount } from './useRound.ts'

/** A vote in the list of a team's votes; a closed one with what came first. */
export interface RoundLine { id: string, round: Round, open: boolean, voted: number, first?: { title: string, votes: number } }

/** A team's votes, the open first, then the newest. */
export function useMeeting(company: Company) {
  const picked = shallowRef<string>()
  const team = computed(() => {
    const teams = company.teams.value
    return teams.find(({ id }) => id === (picked.value ?? teamOfMine(company))) ?? teams[0]
  })
  const { may } = usePredict(company)
  const me = useReplica().member

  const issues = useRecords({ kind: 'issue' })
  const rounds = useRecords(() => team.value && { kind: 'round' as const, parent: team.value.id })
  const ballots = useRecords(() => rounds.value.length ? { kind: 'ballot' as const, parent: rounds.value.map(({ id }) => id) } : undefined)

  const issueBy = computed(() => new Map(issues.value.map(({ id, d }) => [id, d])))

  const lines = computed(() => rounds.value.map(round => lineOf(round)).sort((a, b) => Number(b.open) - Number(a.open) || b.round.openedAt - a.round.openedAt))
  const mayOpen = computed(() => team.value !== undefined && may({
    kind: 'round',
    set: { team: team.value.id, state: 'open', issues: [], voters: [], dots: 1, cap: 1, openedBy: me, openedAt: 0 },
  }))

  function lineOf(record: RoundRecord): RoundLine {
    const { id, d } = record
    const line = { id, round: d, open: phaseOf(record) !== 'closed', voted: votedCount(record) }
    if (line.open)
      return line
    const best = tally(d, ballots.value.filter(ballot => ballot.d.round === id).map(ballot => ballot.d), issue => issueBy.value.get(issue)).lines[0]
    const title = best && issueBy.value.get(best.issue)?.title
    return best?.votes && title ? { ...line, first: { title, votes: best.votes } } : line
  }

  return { picked, team, issues, lines, mayOpen }
}
