import type { Contract } from '#shared/record/contract.ts'
import type { ContractRec } from './handoffRules.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef } from 'vue'
import { refusalText, t } from '../text/t.ts'
import { useFormDraft } from './useFormDraft.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

const fields = ['passes', 'must', 'onMiss'] as const
type Errors = Partial<Record<'from' | 'to' | 'hours' | typeof fields[number], string>>

const isHours = (hours: number) => Number.isInteger(hours) && hours >= 1 && hours <= 8784
const textsOf = ({ passes, must, hours, onMiss }: Contract) => ({ passes, must, hours: String(hours), onMiss })

/** A contract being agreed, or with `held` changed; one end may be given. Refusals are the rules' own, said at the field they are about. */
export function useContractForm(company: Company, { from = '', to = '', held }: { from?: string, to?: string, held?: ContractRec }) {
  const replica = useReplica()
  const { refuse, may } = usePredict(company)
  const start = held ? { ...textsOf(held.d), from: held.d.from, to: held.d.to } : { from, to, passes: '', must: '', hours: '24', onMiss: '' }
  const { form, clear } = useFormDraft(held ? `contract:${held.id}` : `contract:new:${from}:${to}`, start)
  const tried = shallowRef(false)

  const contract = computed<Contract>(() => ({ from: form.from, to: form.to, passes: form.passes.trim(), must: form.must.trim(), hours: Number(form.hours), onMiss: form.onMiss.trim() }))
  const mayEdit = computed(() => !held || may({ kind: 'contract', id: held.id, before: held.d, set: { hours: held.d.hours } }))
  const errors = computed<Errors>(() => {
    if (!tried.value)
      return {}
    const needed = (text: string) => text ? undefined : t('field.needed')
    const code = form.from && form.to ? refuse({ kind: 'contract', ...held && { id: held.id, before: held.d }, set: contract.value })?.code : undefined
    return {
      from: needed(form.from),
      to: needed(form.to) ?? (code && refusalText({ code })),
      ...Object.fromEntries(fields.map(field => [field, needed(contract.value[field])])),
      hours: isHours(contract.value.hours) ? undefined : t('contract.hoursWrong'),
    }
  })

  /** Writes it; undefined where something is missing or refused, and then `errors` says what. */
  async function save(): Promise<string | undefined> {
    tried.value = true
    if (Object.values(errors.value).some(Boolean))
      return undefined
    const id = held ? held.id : await replica.add('contract', contract.value)
    if (held)
      await replica.set<'contract'>(id, changed(held.d, contract.value))
    await clear()
    return id
  }

  function swap(): void {
    Object.assign(form, { from: form.to, to: form.from })
  }

  const setArchived = (archived: boolean) => held ? replica.set<'contract'>(held.id, { archived: archived || null }) : Promise.resolve()

  return { form, errors, mayEdit, save, swap, setArchived }
}

function changed(before: Contract, after: Contract): Partial<Contract> {
  return Object.fromEntries(Object.entries(after).filter(([field, value]) => before[field as keyof Contract] !== value))
}
