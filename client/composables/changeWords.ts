import type { Kind } from '#shared/record/envelope.ts'
import type { Entry } from '#shared/record/sheet.ts'
import type { Replica } from '../db/types.ts'
import type { Unit } from '../text/format.ts'
import { formatPeriod, formatValue } from '../text/format.ts'
import { t, tMaybe } from '../text/t.ts'

interface ChangedRecord { kind: Kind, d: object, fields: readonly string[] }

const plain: Unit = { unit: 'number', decimals: 6 }

/** A waiting change in one line of words: what it is about and what was touched. */
export async function changeWords(replica: Replica, { kind, d, fields }: ChangedRecord): Promise<string> {
  const body = d as Record<string, unknown>
  if (kind === 'sheet')
    return sheetWords(replica, body, fields)
  if (kind === 'ballot')
    return t('change.ballot')
  const name = body.title ?? body.name ?? body.passes
  if (name && fields.length >= Object.keys(body).length)
    return t('change.new', { kind: t(`kind.${kind}`), name: String(name) })
  const list = fieldList(fields)
  return name ? t('change.fields', { kind: t(`kind.${kind}`), name: String(name), fields: list }) : t('change.plain', { kind: t(`kind.${kind}`), fields: list })
}

/** The names of fields in words, each once. */
export function fieldList(fields: readonly string[]): string {
  return [...new Set(fields.map(fieldWord))].join(', ')
}

export function fieldWord(field: string): string {
  const [family = '', key] = field.split('/')
  const word = tMaybe(`fieldName.${family}`) ?? family
  return key && (family === 'cell' || family === 'chosen') ? `${word} ${formatPeriod(key)}` : word
}

/** A value as a person would read it; '' for what only the app understands. */
export function valueWords(value: unknown, unit: Unit = plain): string {
  if (typeof value === 'string')
    return value
  if (typeof value === 'number')
    return formatValue(value, unit)
  const entry = value as Partial<Entry> | null
  if (entry && typeof entry === 'object' && 'value' in entry)
    return entry.value === null || entry.value === undefined ? entry.unavailable ?? '' : formatValue(entry.value, unit)
  return ''
}

async function sheetWords(replica: Replica, body: Record<string, unknown>, fields: readonly string[]): Promise<string> {
  const kpi = (await replica.get<'kpi'>(String(body.kpi)))?.d
  const title = kpi?.title ?? t('kind.kpi')
  const cells = fields.filter(field => field.startsWith('cell/'))
  const [first] = cells
  if (!first || cells.length > 1)
    return t('change.sheetMany', { kpi: title, n: Math.max(1, cells.length) })
  return t('change.sheet', { kpi: title, period: formatPeriod(first.split('/')[1] ?? ''), value: valueWords(body[first], kpi ?? plain) })
}
