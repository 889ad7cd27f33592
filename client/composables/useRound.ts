import type { Kept, Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { listOf, tieRound } from '#shared/issue/round.ts'
import { shuffledFor } from '#shared/issue/shuffle.ts'
import { tally } from '#shared/issue/tally.ts'
import { ballotId } from '#shared/record/ids.ts'
import { t } from '../text/t.ts'
import { useRecord, useRecords, useStream } from './useLive.ts'
import { useMyDots } from './useMyDots.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

export type RoundRecord = Rec<'round'>

/** Where a round stands. What this device asked for and the server has not confirmed is a phase of its own. */
export type Phase = 'opening' | 'open' | 'closing' | 'closed' | 'reopening'

export function phaseOf({ d, waiting }: RoundRecord): Phase {
  if (!waiting.includes('state'))
    return d.state
  if (d.state === 'closed')
    return 'closing'
  return waiting.includes('openedAt') ? 'opening' : 'reopening'
}

export const hasVoted = ({ d }: RoundRecord, voter: string) => d[`voted/${voter}`] === true
export const votedCount = (round: RoundRecord) => round.d.voters.filter(voter => hasVoted(round, voter)).length

/** One round as its voter sees it: the dots of one's own while it is open, everybody's once it is closed. */
export function useRound(id: () => string, company: Company) {
  const replica = useReplica()
  const { may } = usePredict(company)
  const round = useRecord<'round'>(id)
  const issues = useRecords({ kind: 'issue' })
  const issueBy = computed(() => new Map(issues.value.map(issue => [issue.id, issue])))
  const phase = computed(() => round.value && phaseOf(round.value))
  const isVoter = computed(() => round.value?.d.voters.includes(company.me) ?? false)
  /** What is voted on, in this person's own order. */
  const lines = computed(() => shuffledFor(round.value ? listOf(round.value.d) : [], id(), company.me).map((issueId) => {
    const issue = issueBy.value.get(issueId)
    return { id: issueId, issue, d: issue?.d }
  }))
  const takenOff = computed(() => [...new Set(round.value?.d.issues)].filter(issue => round.value?.d[`removed/${issue}`]))
  const titleOf = (issue: string) => issueBy.value.get(issue)?.d.title ?? t('round.gone')

  const ballot = useRecord<'ballot'>(() => ballotId(id(), company.me))
  const mine = useMyDots(() => round.value, () => ballot.value)
  const kept = useStream<readonly Kept[]>(() => replica.kept, [])
  /** Why what this person gave last did not stand, until they let it go. */
  const notTaken = computed(() => kept.value.find(({ record, reason }) => record === ballotId(id(), company.me) && reason === 'refused')?.refusal)
  const ballots = useRecords(() => phase.value === 'closed' ? { kind: 'ballot' as const, parent: id() } : undefined)
  const result = computed(() => round.value && phase.value === 'closed' ? tally(round.value.d, ballots.value.map(({ d }) => d), issue => issueBy.value.get(issue)?.d) : undefined)
  const onTheWay = computed(() => round.value && result.value ? Math.max(0, votedCount(round.value) - result.value.cast) : 0)

  const mayRun = computed(() => round.value !== undefined && may({ kind: 'round', id: id(), before: round.value.d, set: { state: round.value.d.state } }))
  const close = () => replica.set<'round'>(id(), { state: 'closed', closedBy: company.me, closedAt: replica.now() })
  const reopen = () => replica.set<'round'>(id(), { state: 'open', closedBy: null, closedAt: null })

  const revotes = useRecords(() => round.value && { kind: 'round' as const, parent: round.value.d.team })

  /** Opens a vote among issues that tied, or finds the one opened already; resolves to its id. */
  async function revote(tied: readonly string[], meeting?: string): Promise<string | undefined> {
    const before = revotes.value.find(({ d }) => d.tieOf === id() && d.state === 'open' && d.issues.join() === tied.join())
    return before?.id ?? (round.value && replica.add('round', { ...tieRound(id(), round.value.d, tied, { openedBy: company.me, openedAt: replica.now() }), ...meeting && { meeting } }))
  }

  return { round, phase, isVoter, lines, takenOff, titleOf, mine, notTaken, result, onTheWay, mayRun, close, reopen, revote, now: replica.now }
}
