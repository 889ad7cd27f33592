import type { Org } from '#shared/record/org.ts'
import type { PlaceGuess } from './guesses.ts'
import type { Company } from './useCompany.ts'
import { computed, reactive, ref, shallowRef } from 'vue'
import { useSession } from '../stores/session.ts'
import { refusalText, t } from '../text/t.ts'
import { useRecords } from './useLive.ts'
import { useReplica } from './useReplica.ts'

type Settings = Pick<Org, 'name' | 'accountable' | 'timeZone' | 'weekStart' | 'yearStart' | 'currency'>
const dated = ['timeZone', 'weekStart', 'yearStart'] as const

/** The company's own settings as a form; only what was changed is written. */
export function useCompanyForm(company: Company) {
  const replica = useReplica()
  const session = useSession()
  const sheets = useRecords({ kind: 'sheet' })
  const fixed = computed(() => sheets.value.length > 0)
  const { name = '', accountable = '', timeZone = '', weekStart = 1, yearStart = 1, currency = '' } = company.org.value ?? {}
  const text = reactive({ name, accountable })
  const place = ref<PlaceGuess>({ timeZone, weekStart, yearStart, currency })
  const errors = shallowRef<Record<string, string>>({})
  const people = computed(() => company.members.value
    .filter(({ id, d }) => (d.state === 'active' && d.role !== 'viewer') || id === text.accountable)
    .map(({ id, d }) => ({ value: id, label: d.name })))

  /** Answers whether it was written; what was refused stands at its field. */
  async function save(): Promise<boolean> {
    const wished: Settings = { name: text.name.trim(), accountable: text.accountable, ...place.value }
    const changed = Object.fromEntries(Object.entries(wished).filter(([field, value]) => value !== company.org.value?.[field as keyof Org]))
    errors.value = refuse(wished.name, Object.keys(changed))
    if (Object.keys(errors.value).length > 0)
      return false
    if (Object.keys(changed).length > 0)
      await replica.set<'org'>(replica.org, changed)
    session.rename({ orgName: wished.name })
    return true
  }

  function refuse(typed: string, changed: readonly string[]): Record<string, string> {
    if (!typed)
      return { name: t('settings.needName') }
    const barred = fixed.value && dated.find(field => changed.includes(field))
    return barred ? { [barred]: refusalText({ code: 'fixed-after-scores' }) } : {}
  }

  return { text, place, fixed, errors, people, save }
}
