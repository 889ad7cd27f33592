import type { Seat } from '#shared/record/seat.ts'
import type { Company } from './useCompany.ts'
import { computed, reactive, shallowRef } from 'vue'
import { seatField } from '#shared/record/ids.ts'
import { refusalText, t } from '../text/t.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

/** A seat about to be added; its refusals are the rules' own, said at the field they are about. */
export function useSeatForm(company: Company, reportsTo: string) {
  const replica = useReplica()
  const { refuse, may } = usePredict(company)
  const form = reactive({ kind: 'human' as Seat['kind'], title: '', accountability: '', reportsTo, holder: company.seats.value.length === 0 ? company.me : '', owner: company.me, team: '' })
  const tried = shallowRef(false)

  const seat = computed<Seat>(() => {
    const { kind, title, accountability, holder, owner } = form
    const place = form.reportsTo && { reportsTo: form.reportsTo }
    const body = { kind, title: title.trim(), accountability: accountability.trim(), ...place }
    return kind === 'human' ? { ...body, ...holder && { holder } } : { ...body, owner, stage: 'planned', authority: 'draft' }
  })
  const refusal = computed(() => refuse({ kind: 'seat', set: seat.value }))
  const errors = computed(() => {
    if (!tried.value)
      return {}
    const code = refusal.value?.code
    return {
      title: form.title.trim() ? undefined : t('seat.needTitle'),
      accountability: form.accountability.trim() ? undefined : refusalText({ code: 'no-accountability' }),
      owner: code === 'no-owner' || code === 'owner-not-active-person' ? refusalText({ code }) : undefined,
      holder: code === 'holder-cannot-hold' ? refusalText({ code }) : undefined,
      reportsTo: code === 'not-allowed' ? refusalText({ code }) : undefined,
    }
  })
  const mayTeam = computed(() => may({ kind: 'team', set: { name: '' } }))

  /** Adds it; undefined where something is refused, and then `errors` says what. */
  async function save(): Promise<string | undefined> {
    tried.value = true
    if (refusal.value || Object.values(errors.value).some(Boolean))
      return undefined
    const id = await replica.add('seat', seat.value)
    if (form.team)
      await replica.set<'team'>(form.team, seatField(id))
    return id
  }

  return { form, errors, mayTeam, save }
}
