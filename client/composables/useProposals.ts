import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { useRead } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

export type ProposalRec = Rec<'proposal'>

/** What agents want to do that this person decides, the oldest first. */
export function useProposals(company: Company) {
  const replica = useReplica()
  const { may } = usePredict(company)
  const all = useRead({ kind: 'proposal' })
  const mayDecide = ({ id, d }: ProposalRec) => may({ kind: 'proposal', id, before: d, set: { decidedBy: company.me } })
  const open = computed(() => (all.value ?? []).filter(proposal => proposal.d.state === 'open' && mayDecide(proposal)).sort((one, other) => one.d.at - other.d.at))
  const read = computed(() => all.value !== undefined)

  const decide = (id: string, fields: { state: 'approved' | 'refused', reason?: string }) => replica.set<'proposal'>(id, { ...fields, decidedBy: company.me, decidedAt: replica.now() })
  const approve = (id: string) => decide(id, { state: 'approved' })
  const refuse = (id: string, reason: string) => decide(id, { state: 'refused', ...reason.trim() && { reason: reason.trim() } })

  return { open, read, approve, refuse }
}
