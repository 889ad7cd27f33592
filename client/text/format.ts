import type { DatedGoal, Kpi } from '#shared/record/kpi.ts'
import { dateFormat, numberFormat } from './intl.ts'
import { t } from './t.ts'

/** How a KPI's values are written. */
export type Unit = Pick<Kpi, 'unit' | 'decimals'> & { currency?: string }

export function formatNumber(value: number, decimals = 0, more: Intl.NumberFormatOptions = {}): string {
  return numberFormat({ maximumFractionDigits: decimals, ...more }).format(value)
}

/** A value as it is read: `31.5 %`, `€40,000`, `6.2 h`, `Yes`. A percent is stored as 31.5, not 0.315. */
export function formatValue(value: number, { unit, decimals, currency }: Unit): string {
  switch (unit) {
    case 'yesNo': return t(value ? 'value.yes' : 'value.no')
    case 'percent': return formatNumber(value / 100, decimals, { style: 'percent' })
    case 'duration': return formatNumber(value, decimals, { style: 'unit', unit: 'hour', unitDisplay: 'narrow' })
    case 'currency': return formatNumber(value, decimals, {
      style: 'currency',
      currency: currency ?? 'USD',
      currencyDisplay: 'narrowSymbol',
      minimumFractionDigits: Number.isInteger(value) ? 0 : decimals,
    })
    case 'number': return formatNumber(value, decimals)
  }
}

/** The unit alone, as it stands beside a large number: `%`, `€`, `h`; '' for a plain number. */
export function unitSign(unit: Unit): string {
  if (unit.unit === 'number' || unit.unit === 'yesNo')
    return ''
  return formatValue(0, { ...unit, decimals: 0 }).replace(/[\p{Nd}\s]/gu, '')
}

/** A goal as it is read: `≥ 30 %`. */
export function formatGoal(goal: DatedGoal | undefined, unit: Unit): string {
  if (!goal || goal.kind === 'none')
    return t('goal.none')
  if (goal.kind === 'yesNo')
    return t(goal.target ? 'value.yes' : 'value.no')
  if ('low' in goal)
    return t(`goal.${goal.kind}`, { a: formatValue(goal.low, unit), b: formatValue(goal.high, unit) })
  return t(`goal.${goal.kind}`, { a: formatValue(goal.target, unit) })
}

/** `16–22 Nov` from two local dates `YYYY-MM-DD`. */
export function formatRange(from: string, to: string): string {
  const format = dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' })
  return from === to ? format.format(noon(from)) : format.formatRange(noon(from), noon(to)).replace(/\s*–\s*(?=\d+\s)/u, '–')
}

/** A period in full: `Week 47`, `November 2026`, `Q4 2026`, `2026`, `16 Nov 2026`. */
export function formatPeriod(period: string): string {
  const [, year = '', mark = ''] = /^(\d+)(?:-(.+))?$/.exec(period) ?? []
  if (mark.startsWith('W'))
    return t('period.week', { n: Number(mark.slice(1)) })
  if (mark.startsWith('Q'))
    return t('period.quarter', { n: mark.slice(1), year })
  if (!mark)
    return period
  const day = mark.includes('-')
  return formatDate(day ? period : `${period}-01`, day ? undefined : { month: 'long', year: 'numeric' })
}

/** A period in a column head: `W47`, `Nov`, `Q4`, `2026`, `16 Nov`. */
export function formatPeriodShort(period: string): string {
  const mark = period.split('-').slice(1)
  if (!mark[0])
    return period
  if (mark[0].startsWith('W'))
    return t('period.weekShort', { n: Number(mark[0].slice(1)) })
  if (mark[0].startsWith('Q'))
    return t('period.quarterShort', { n: mark[0].slice(1) })
  return mark[1] ? formatDate(period, { day: 'numeric', month: 'short' }) : formatDate(`${period}-01`, { month: 'short' })
}

/** A local date `YYYY-MM-DD`, in the person's own form. */
export function formatDate(date: string, shape: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }): string {
  return dateFormat({ ...shape, timeZone: 'UTC' }).format(noon(date))
}

/** When something happened: the time alone for today, else with the day. */
export function formatMoment(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString()
  const time = { hour: '2-digit', minute: '2-digit' } as const
  return dateFormat(today ? time : { day: 'numeric', month: 'short', ...time }).format(at)
}

/** One or two letters for a name. */
export function initials(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  const second = rest.at(-1)
  const letters = second ? [...first].slice(0, 1).concat([...second].slice(0, 1)) : [...first].slice(0, 2)
  const text = letters.join('')
  return second ? text.toLocaleUpperCase() : text
}

function noon(date: string): Date {
  return new Date(`${date}T12:00:00Z`)
}
