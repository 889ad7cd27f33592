import type { Goal, Kpi } from '#shared/record/kpi.ts'
import type { KpiRecord } from './useKpi.ts'
import { computed, reactive } from 'vue'
import { goalKey } from '#shared/kpi/goal.ts'
import { t } from '../text/t.ts'
import { goalDraft, readGoal } from './goalForm.ts'
import { useReplica } from './useReplica.ts'

type Shape = Pick<Kpi, 'seat' | 'title' | 'unit' | 'decimals' | 'cadence' | 'rollUp'> & { currency: string, group: string }

/** A KPI being made or changed; a changed one keeps its goals, which have dates of their own. */
export function useKpiForm(before: KpiRecord | undefined, seat: string) {
  const replica = useReplica()
  const form = reactive<Shape>({
    seat: before?.d.seat ?? seat,
    title: before?.d.title ?? '',
    unit: before?.d.unit ?? 'number',
    currency: before?.d.currency ?? '',
    decimals: before?.d.decimals ?? 0,
    cadence: before?.d.cadence ?? 'week',
    rollUp: before?.d.rollUp ?? 'sum',
    group: before?.d.group ?? '',
  })
  const goal = reactive(goalDraft())
  const tried = reactive({ yet: false })

  const reading = computed(() => before ? undefined : readGoal(goal))
  const errors = computed(() => !tried.yet
    ? {}
    : {
        title: form.title.trim() ? undefined : t('kpi.needTitle'),
        seat: form.seat ? undefined : t('kpi.needSeat'),
        currency: /^(?:[A-Z]{3})?$/.test(form.currency.toUpperCase()) ? undefined : t('kpi.needCurrency'),
        goal: reading.value && 'refused' in reading.value ? t(reading.value.refused) : undefined,
      })

  /** Keeps the KPI; undefined where something is still missing, and then `errors` says what. */
  async function save(): Promise<string | undefined> {
    tried.yet = true
    if (Object.values(errors.value).some(Boolean))
      return undefined
    const { currency, group, ...rest } = form
    const fields = { ...rest, title: form.title.trim(), currency: form.unit === 'currency' && currency ? currency.toUpperCase() : null, group: group.trim() || null }
    if (before) {
      await replica.set<'kpi'>(before.id, fields)
      return before.id
    }
    const first = reading.value && 'goal' in reading.value ? reading.value.goal : undefined
    const body: Kpi = { ...withoutNulls(fields), better: betterOf(first?.kind) }
    if (first)
      body[goalKey()] = first
    return replica.add('kpi', body)
  }

  return { form, goal, errors, save }
}

/** Which way is good, as the goal says it. */
export function betterOf(kind: Goal['kind'] | 'none' | undefined): Kpi['better'] {
  if (kind === 'atLeast' || kind === 'above')
    return 'up'
  return kind === 'atMost' || kind === 'below' ? 'down' : 'neither'
}

function withoutNulls<T extends object>(fields: T): { [F in keyof T]: Exclude<T[F], null> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)) as { [F in keyof T]: Exclude<T[F], null> }
}
