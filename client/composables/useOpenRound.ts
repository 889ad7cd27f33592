import type { Count } from '#shared/record/roundCount.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed, reactive, shallowRef } from 'vue'
import { canHold } from '#shared/chart/owner.ts'
import { roundDefaults, votersOf } from '#shared/issue/round.ts'
import { compareIssues, shelfOf } from './issueRules.ts'
import { useReplica } from './useReplica.ts'

export type TeamRecord = Rec<'team'>

const most = { issues: 200, dots: 12 }
const within = (count: number) => Math.max(1, Math.min(most.dots, count))

/** A vote about to be opened: the team's issues and voters chosen beforehand, each to be added or left out; in a meeting it is the meeting's. */
export function useOpenRound(team: () => Rec<'team'>, issues: () => readonly Rec<'issue'>[], company: Company, meeting: () => string | undefined = () => undefined) {
  const replica = useReplica()
  const lookup = { seat: (id: string) => company.seatBy.value.get(id)?.d, member: (id: string) => company.memberBy.value.get(id)?.d }
  const now = computed(() => issues().filter(({ d }) => !d.archived && !d.draft && shelfOf(d) === 'now').sort(compareIssues))
  const own = computed(() => now.value.filter(({ d }) => d.team === team().id))
  const stray = computed(() => now.value.filter(({ d }) => !d.team))
  const people = computed(() => company.members.value.filter(({ id }) => canHold(lookup, id)).sort((a, b) => a.d.name.localeCompare(b.d.name)))

  const form = reactive({
    issues: new Set(own.value.slice(0, most.issues).map(({ id }) => id)),
    voters: new Set(votersOf(team().d, lookup.seat, lookup.member)),
    ...roundDefaults,
    count: 'dots' as Count,
  })
  const tried = shallowRef(false)
  const errors = computed(() => ({
    issues: tried.value && !form.issues.size ? 'round.needIssue' as const : undefined,
    voters: tried.value && !form.voters.size ? 'round.needVoter' as const : undefined,
  }))

  function toggle(of: 'issues' | 'voters', id: string): void {
    if (!form[of].delete(id))
      form[of].add(id)
  }

  function setDots(dots: number): void {
    form.dots = within(dots)
    form.cap = Math.min(form.cap, form.dots)
  }

  const setCap = (cap: number) => form.cap = Math.min(within(cap), form.dots)

  /** Opens it; undefined where something is missing, and then `errors` says what. */
  async function open(): Promise<string | undefined> {
    tried.value = true
    if (!form.issues.size || !form.voters.size)
      return undefined
    return replica.add('round', {
      team: team().id,
      state: 'open',
      issues: [...own.value, ...stray.value].map(({ id }) => id).filter(id => form.issues.has(id)).slice(0, most.issues),
      voters: [...form.voters].sort(),
      ...form.count === 'dots' ? { dots: form.dots, cap: form.cap } : { ...roundDefaults, count: form.count },
      openedBy: replica.member,
      openedAt: replica.now(),
      ...meeting() && { meeting: meeting() },
    })
  }

  return { form, own, stray, people, errors, toggle, setDots, setCap, open }
}
