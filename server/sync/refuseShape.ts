import type { Kind } from '#shared/record/envelope.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { Refusal } from '#shared/sync/wire.ts'
import { dayNumber } from '#shared/kpi/civil.ts'
import { fieldSchema, refuseField } from '#shared/record/specs.ts'
import { isAhead, maxAhead } from '#shared/sync/stamp.ts'

/** Ids travel inside other ids and field names: only the ids that are made of parts hold a `:`, and none a `/`; what a meeting drops is an issue alone. */
const plain = /^(?!drop\.)[\w.-]{1,200}$/
const parted: Partial<Record<Kind, RegExp>> = {
  sheet: /^sheet:[\w.-]+:[\w.-]+$/,
  ballot: /^ballot:[\w.-]+:[\w.-]+$/,
  meeting: /^meeting:[\w.-]{1,120}:\d{4}-\d\d-\d\d(?:\.\d{1,2})?$/,
  recap: /^recap:[\w.-]{1,120}:\d{4}-\d\d-\d\d(?:\.\d{1,2})?$/,
  issue: /^(?:[\w.-]{1,200}|issue:drift:[\w.-]{1,120}:[\w.-]{1,20})$/,
}

/** Whether a record of this kind can have this id: nobody can sit on the id of another's ballot. */
export const isIdOf = (kind: Kind, id: string) => (parted[kind] ?? plain).test(id)

const dayLength = 86_400_000

/** What can be said from the row alone. */
export function refuseShape(row: Patch, now: number): Refusal | undefined {
  for (const [field, [value, stamp]] of Object.entries(row.set)) {
    const code = refuseField(row.kind, field, value) ?? refuseMore(row.kind, field, value)
    if (code)
      return { code, fields: [field] }
    if (isAhead(stamp, now))
      return { code: 'clock-ahead' }
    if (row.kind === 'meeting' && isMomentAhead(field, value, now))
      return { code: 'time-ahead', fields: [field] }
  }
  return isAhead(row.v, now) ? { code: 'clock-ahead' } : undefined
}

/** The room's clock turns by the times it is told: one from the future would hold it still for everybody. And nobody meets, or has met, on days to come. */
function isMomentAhead(field: string, value: unknown, now: number): boolean {
  if (field.startsWith('clock/'))
    return Number((value as { at?: unknown } | null)?.at) > now + maxAhead
  return (field === 'day' ? dayNumber(String(value)) * dayLength : Number(value)) > now + 2 * dayLength
}

/** A schema reads past keys it does not know; stored beside the rest they could be anything, of any size. */
function refuseMore(kind: Kind, field: string, value: unknown): 'bad-value' | undefined {
  if (typeof value !== 'object' || value === null)
    return undefined
  return isWhole(value, fieldSchema(kind, field)?.safeParse(value).data) ? undefined : 'bad-value'
}

function isWhole(value: unknown, read: unknown): boolean {
  if (typeof value !== 'object' || value === null)
    return true
  const [given, known] = [value, read] as Record<string, unknown>[]
  const keys = Object.keys(given ?? {})
  return keys.every(key => Object.hasOwn(known ?? {}, key) && isWhole(given?.[key], known?.[key]))
}
