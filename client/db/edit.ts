import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Clock, Stamp } from '#shared/sync/stamp.ts'
import type { Stored } from './schema.ts'
import { indexOf } from '#shared/record/envelope.ts'
import { isAhead } from '#shared/sync/stamp.ts'

/** A new record, everything in it pending. */
export function created(kind: Kind, id: string, body: Body, clock: Clock): Stored {
  const blank: Stored = { id, kind, v: '', ...indexOf(kind, {}), dirty: '', base: '', pend: {}, d: {} }
  return edited(blank, body, clock)
}

/** The record with fields set (null empties one), one stamp for the whole writing. */
export function edited(stored: Stored, fields: Body, clock: Clock): Stored {
  const stamp = clock.next(stored.v, ...Object.values(stored.pend))
  const d = { ...stored.d }
  const pend = { ...stored.pend }
  for (const [field, value] of Object.entries(plain(fields))) {
    pend[field] = stamp
    if (value === null)
      delete d[field]
    else
      d[field] = value
  }
  return { ...stored, ...indexOf(stored.kind, d), d, pend, v: stamp, base: stored.dirty ? stored.base : stored.v, dirty: '1' }
}

/** The record once the server has taken the given writings as `v`. */
export function acknowledged(stored: Stored, taken: Record<string, Stamp>, v: Stamp): Stored {
  const pend = Object.fromEntries(Object.entries(stored.pend).filter(([field, stamp]) => taken[field] !== stamp))
  const dirty = Object.keys(pend).length > 0
  return { ...stored, pend, dirty: dirty ? '1' : '', base: dirty ? v : '' }
}

/** The record with stamps that ran ahead of the server written anew, in the order they had. */
export function restamped(stored: Stored, clock: Clock, serverNow: number): Stored {
  const pend = { ...stored.pend }
  const ahead = Object.entries(stored.pend).filter(([, stamp]) => isAhead(stamp, serverNow)).sort(([, a], [, b]) => a < b ? -1 : 1)
  const fresh = new Map<Stamp, Stamp>()
  for (const [field, old] of ahead) {
    const stamp = fresh.get(old) ?? clock.next(stored.base, ...Object.values(pend).filter(held => !isAhead(held, serverNow)))
    fresh.set(old, stamp)
    pend[field] = stamp
  }
  return { ...stored, pend, v: clock.next(stored.base, ...Object.values(pend)) }
}

/** Plain data only: a reactive proxy would never reach the other tabs. Undefined counts as empty. */
function plain(fields: Body): Body {
  const whole = Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, value ?? null]))
  return JSON.parse(JSON.stringify(whole)) as Body
}
