import type { RxReplicationWriteToMasterRow, WithDeleted } from 'rxdb'
import type { Patch } from '#shared/sync/protocol.ts'
import type { RowAnswer } from '#shared/sync/wire.ts'
import type { Context } from './context.ts'
import type { Mux } from './mux.ts'
import type { Stored } from './schema.ts'
import { modify } from './context.ts'
import { acknowledged, restamped } from './edit.ts'
import { WireError } from './http.ts'
import { parentsFirst, pendingAbove } from './order.ts'
import { storageFaultOf } from './patient.ts'
import { fromWire } from './schema.ts'

/** How often a row whose parent the server does not know is sent again, and how long apart at first, ms. */
const laterTries = 6
const laterWait = 25
const mostAtOnce = 100
/** How long a device with no room waits before it sends again, ms. */
const roomWait = 10_000

type Row = RxReplicationWriteToMasterRow<Stored>
type Master = WithDeleted<Stored>

/** Sends what is pending of each row; answers the states RxDB must take over instead of its own. */
export async function pushRows(context: Context, mux: Mux, rows: readonly Row[]): Promise<Master[]> {
  if (context.serverNow() === undefined)
    throw new WireError('offline')
  const ordered = parentsFirst(rows.map(row => row.newDocumentState as Stored).filter(stored => stored.dirty))
  const answers = ordered.length > 0 ? await sendPatiently(context, mux, ordered) : []
  // Together, so that the device writes them down in one go.
  const masters = await Promise.all(ordered.map((stored, n) => settle(context, stored, answers[n] as RowAnswer))).catch(untilThereIsRoom)
  return masters.filter(master => master !== undefined)
}

/** What the server has taken is sent again where this device could not note it; with no room for that, not at once. */
async function untilThereIsRoom(error: unknown): Promise<never> {
  if (storageFaultOf(error))
    await pause(roomWait)
  throw error
}

function toPatch({ id, kind, v, base, pend, d }: Stored): Patch {
  return { id, kind, v, base, set: Object.fromEntries(Object.entries(pend).map(([field, stamp]) => [field, [d[field] ?? null, stamp]])) }
}

/** A child may overtake its parent: what is pending above it goes first, then it goes again, and only then is it refused. */
async function sendPatiently(context: Context, mux: Mux, rows: readonly Stored[], tried = 0): Promise<RowAnswer[]> {
  const answers = await mux.push(rows.map(toPatch))
  const early = rows.filter((_, n) => answers[n]?.later)
  if (early.length === 0)
    return answers
  if (tried >= laterTries)
    return answers.map(answer => answer.later ? { ...answer, refused: answer.refused ?? { code: 'unknown-parent' } } : answer)
  const above = await pendingAbove(context.db, early)
  for (let at = 0; at < above.length; at += mostAtOnce)
    await mux.push(above.slice(at, at + mostAtOnce).map(toPatch))
  if (above.length === 0)
    await pause(laterWait * 2 ** tried)
  const again = await sendPatiently(context, mux, early, tried + 1)
  return answers.map((answer, n) => answer.later ? again[early.indexOf(rows[n] as Stored)] as RowAnswer : answer)
}

/** What one answer means here: kept if refused or replaced, acknowledged if it stands, else the server's state. */
async function settle(context: Context, stored: Stored, answer: RowAnswer): Promise<Master | undefined> {
  const { refused, replaced, doc } = answer
  if (refused?.code === 'clock-ahead') {
    await restampOne(context, stored.id)
    return undefined
  }
  if (refused)
    await keep(context, stored, answer)
  else if (replaced && Object.keys(replaced).length > 0)
    await keep(context, stored, { ...answer, refused: { code: 'replaced', fields: Object.keys(replaced) } })
  if (doc)
    return fromWire(doc)
  if (doc === null)
    return { ...stored, d: {}, pend: {}, base: '', dirty: '', _deleted: true }
  await modify(context.db, stored.id, now => acknowledged(now, stored.pend, stored.v))
  return undefined
}

/** Nothing a person typed is lost: the fields that did not stand stay in the list until they decide. */
async function keep({ notes, clock }: Context, stored: Stored, { refused, replaced }: RowAnswer): Promise<void> {
  const partial = replaced ? Object.keys(replaced) : undefined
  const pended = Object.keys(stored.pend)
  const fields = Object.fromEntries((partial ?? pended).map(field => [field, stored.d[field] ?? null]))
  const stamp = (partial ?? pended).map(field => stored.pend[field]).sort().at(-1)
  await notes.keep({
    id: `kept:${stored.id}:${stamp}`,
    reason: refused?.code === 'replaced' ? 'replaced' : 'refused',
    record: stored.id,
    kind: stored.kind,
    at: clock.now(),
    refusal: refused ?? { code: 'refused' },
    fields,
  })
}

/**
 * Stamps the server found ahead are written anew, durably, before they are sent again. Its answer has just told the
 * time: our own idea of it may be as wrong as a clock that was set meanwhile, so nothing is judged by it beforehand.
 */
async function restampOne({ db, clock, serverNow }: Context, id: string): Promise<void> {
  const now = serverNow() ?? clock.now()
  clock.pullBack(now)
  await modify(db, id, stored => restamped(stored, clock, now))
}

function pause(ms: number): Promise<void> {
  const over = Promise.withResolvers<void>()
  setTimeout(over.resolve, ms)
  return over.promise
}
