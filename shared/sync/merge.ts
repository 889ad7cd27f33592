import type { Body, Kind } from '../record/envelope.ts'
import type { Stamp } from './stamp.ts'
import { further, progress } from '../tasks/progress.ts'

export type FieldWrites = Record<string, readonly [value: unknown, stamp: Stamp]>

/** What is known of a field's past, where the writer had not seen the newest version. */
export interface Past {
  /** Who moved this field after the version the writer had seen; undefined where nobody did. */
  movedBy: (field: string) => string | undefined
  /** What became of this very writing, where it came before. */
  fate: (field: string, stamp: Stamp) => 'taken' | 'lost' | undefined
}

export interface Merged {
  body: Body
  stamps: Record<string, Stamp>
  /** Fields whose value changed. */
  taken: Record<string, [unknown, Stamp]>
  /** Whether a stamp rose over an equal value. */
  raised: boolean
  /** Values that did not stand, with stamp and writer. */
  lost: Record<string, [unknown, Stamp, string]>
  /** The writer's own values that did not stand. */
  replaced: Body
  /** Fields where the first accepted stands and somebody must decide. */
  undecided: string[]
}

/** Never silent: the first accepted stands, the other waits for a decision. */
const firstStands: Partial<Record<Kind, readonly string[]>> = {
  seat: ['owner', 'holder', 'stage', 'authority', 'reportsTo'],
}

/** Who brought a state about, and when: of two states written apart these stand or fall with theirs, whatever their stamps. */
const told: Partial<Record<Kind, readonly string[]>> = { delivery: ['stateBy', 'stateAt'], todo: ['doneAt'] }

export const isSame = (a: unknown, b: unknown) => (a ?? null) === (b ?? null) || JSON.stringify(a ?? null) === JSON.stringify(b ?? null)

/** Merges writes into a record field by field: newest stamp wins, except where a field has a rule of its own. */
export function mergeFields(kind: Kind, stored: { body: Body, stamps: Record<string, Stamp> }, writes: FieldWrites, by: string, past: Past): Merged {
  const merged: Merged = { body: { ...stored.body }, stamps: { ...stored.stamps }, taken: {}, raised: false, lost: {}, replaced: {}, undecided: [] }
  const apart = { mine: writes.reopened?.[0], theirs: stored.body.reopened }
  const merge = ([field, [value, stamp]]: [string, FieldWrites[string]]) => mergeField(kind, merged, { field, value, stamp, by, apart }, past)
  const isTold = ([field]: [string, unknown]) => told[kind]?.includes(field) ?? false
  Object.entries(writes).filter(write => !isTold(write)).forEach(merge)
  Object.entries(writes).filter(isTold).forEach(merge)
  return merged
}

/** `apart`: how often each side had seen it reopened. */
interface FieldWrite { field: string, value: unknown, stamp: Stamp, by: string, apart: { mine: unknown, theirs: unknown } }

function mergeField(kind: Kind, merged: Merged, write: FieldWrite, past: Past): void {
  const { field, value, stamp } = write
  const held = merged.stamps[field]
  const before = merged.body[field]
  const fate = past.fate(field, stamp)
  if (held === stamp || fate === 'taken')
    return
  if (fate === 'lost')
    return offer(kind, merged, write)
  if (isSame(before, value)) {
    if (held === undefined || held < stamp) {
      merged.stamps[field] = stamp
      merged.raised = true
    }
    return
  }
  const movedBy = past.movedBy(field)
  if (stands(kind, merged, write, movedBy, past))
    return take(merged, write, movedBy)
  merged.lost[field] = [value, stamp, write.by]
  offer(kind, merged, write)
}

function stands(kind: Kind, merged: Merged, { field, value, stamp, by, apart }: FieldWrite, movedBy: string | undefined, past: Past): boolean {
  // Nobody is in the way of themselves: an answer may have been lost, or they have two devices.
  if (movedBy !== undefined && movedBy !== by && firstStands[kind]?.includes(field))
    return isStop(kind, field, value) && merged.body.stage !== 'retired'
  if (told[kind]?.includes(field) && ('state' in merged.taken || 'state' in merged.replaced))
    return 'state' in merged.taken
  const held = merged.stamps[field]
  const isOlder = held !== undefined && held > stamp
  // Older though nobody moved it: somebody said the same state once more, which holds nothing back.
  const states = progress[kind]
  if (states && field === 'state' && (movedBy !== undefined || isOlder)) {
    const times = (seen: unknown) => typeof seen === 'number' ? seen : 0
    const mine = { state: String(value), reopened: times(apart.mine ?? (past.movedBy('reopened') === undefined ? apart.theirs : 0)) }
    return further(states, mine, { state: String(merged.body[field]), reopened: times(apart.theirs) }) === mine
  }
  return !isOlder || (kind === 'issue' && isDrafting(merged, field))
}

/** Whether nobody but the drafting of a drift itself has written a field: what a person did with a draft of their own stands over it. */
function isDrafting({ body, stamps }: Merged, field: string): boolean {
  return body.kpi !== undefined && body.raisedBy === body.kpi && stamps[field] === stamps.raisedAt
}

/** Stopping an agent waits for nobody: it stands over any other step, whoever was first. */
function isStop(kind: Kind, field: string, value: unknown): boolean {
  return kind === 'seat' && field === 'stage' && value === 'paused'
}

function take(merged: Merged, { field, value, stamp, by }: FieldWrite, movedBy: string | undefined): void {
  const held = merged.stamps[field]
  if (movedBy !== undefined && movedBy !== by && held !== undefined)
    merged.lost[field] = [merged.body[field] ?? null, held, movedBy]
  if (value === null)
    delete merged.body[field]
  else
    merged.body[field] = value
  merged.stamps[field] = held !== undefined && held > stamp ? held : stamp
  merged.taken[field] = [value, stamp]
}

/** The value did not stand: its writer gets it back, also when the first answer never arrived. */
function offer(kind: Kind, merged: Merged, { field, value }: FieldWrite): void {
  merged.replaced[field] = value
  if (firstStands[kind]?.includes(field))
    merged.undecided.push(field)
}
