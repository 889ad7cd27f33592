import type { Patch } from '#shared/sync/protocol.ts'
import type { PushAnswer, RowAnswer } from '#shared/sync/wire.ts'
import type { OrgSync, WriteTx } from '../store/port.ts'
import type { Actor } from './actor.ts'
import type { Batch } from './batch.ts'
import type { SyncDeps } from './sync.ts'
import { collectionOf } from '#shared/record/envelope.ts'
import { recapId } from '#shared/record/ids.ts'
import { applyRow } from './applyRow.ts'
import { steps } from './around.ts'
import { writeBatch } from './batch.ts'
import { roundsTouched } from './lists.ts'
import { besideApprovals } from './proposals.ts'
import { isIdOf } from './refuseShape.ts'
import { canSee, toWire } from './sight.ts'
import { loadWorld } from './world.ts'

/** Records before scores, so that a KPI is here before its sheet; then looks at seats and the steps they judge by all that; a meeting closes over everything. */
function rankOf({ kind, base, set }: Patch): number {
  if (kind === 'meeting' && set.state?.[0] === 'closed')
    return 4
  if (kind === 'review')
    return 2
  return kind === 'seat' && base !== '' && steps.some(step => step in set) ? 3 : collectionOf(kind) === 'records' ? 0 : 1
}

/**
 * Takes a push: locks, authorises, refuses or merges each row, then the sequence numbers, then the disk.
 * One row's refusal touches no other row; the same push again changes nothing.
 */
export async function commit(deps: SyncDeps, actor: Actor, rows: readonly Patch[]): Promise<PushAnswer> {
  const ordered = [...rows].sort((a, b) => rankOf(a) - rankOf(b))
  const { answers, sync, head } = await deps.store.write(tx => commitIn(tx, deps, actor, ordered))
  if (head !== undefined)
    deps.hub.changed(actor.org, head)
  const byRow = new Map(ordered.map((row, n) => [row, answers[n]]))
  return { now: deps.now(), epoch: sync.epoch, rows: rows.map(row => byRow.get(row) as RowAnswer) }
}

async function commitIn(tx: WriteTx, deps: SyncDeps, actor: Actor, rows: readonly Patch[]) {
  const fit = rows.filter(row => isIdOf(row.kind, row.id))
  // An agent writes only while its seat is at work: a stop that was confirmed comes before whatever follows.
  const locked = await tx.lockDocs(actor.org, [...fit.flatMap(locksOf), ...actor.role === 'agent' ? [actor.member] : []])
  const lists = await roundsTouched(tx, actor.org, fit)
  // What is approved is written too, and only while its seat is at work.
  const approved = locked.flatMap(({ kind, body }) => kind === 'proposal' ? [String(body.target), String(body.seat)] : [])
  if (approved.length + lists.length > 0)
    await tx.lockDocs(actor.org, [...approved, ...lists.map(({ id }) => id)])
  const sync = await tx.orgSync(actor.org)
  if (!sync)
    throw new Error('commit into an org that was never opened')
  const batch = await openBatch(tx, deps, actor.org, actor.member, sync, fit.map(row => ({
    kind: row.kind,
    id: row.id,
    set: Object.fromEntries(Object.entries(row.set).map(([field, [value]]) => [field, value])),
  })))
  batch.beside = await besideApprovals(tx, actor.org, locked, batch)
  const answers: RowAnswer[] = []
  for (const row of rows)
    answers.push(await applyRow(tx, actor.org, batch, actor, row, deps.now()))
  const head = await writeBatch(tx, actor.org, batch, deps.now())
  rows.forEach((row, n) => complete(batch, actor.member, row, answers[n] as RowAnswer))
  return { answers, sync, head }
}

/** The lock of rules over all members, such as the last admin. */
export const allMembers = '#members'

/** The rows themselves, a ballot's round, and one lock each for rules over the whole chart and all members. */
function locksOf(row: Patch): string[] {
  const locks = [row.id]
  if (row.kind === 'ballot')
    locks.push(row.id.split(':')[1] ?? '')
  if (row.kind === 'seat' && 'reportsTo' in row.set)
    locks.push('#chart')
  if (row.kind === 'meeting')
    locks.push(recapId(row.id))
  if (row.kind === 'member')
    locks.push(allMembers)
  return locks
}

export async function openBatch(tx: WriteTx, deps: SyncDeps, org: string, by: string, sync: OrgSync, rows: Parameters<typeof loadWorld>[3]): Promise<Batch> {
  deps.clock.see(sync.stamp)
  return {
    world: await loadWorld(tx, org, by, rows),
    clock: deps.clock,
    by,
    purgedSeq: sync.purgedSeq,
    touched: new Map(),
    raised: new Map(),
    refusals: [],
    pasts: new Map(),
  }
}

/** Gives the row the record as it now is, unless what was sent is exactly that. */
function complete(batch: Batch, member: string, row: Patch, answer: RowAnswer): void {
  const doc = batch.world.doc(row.id)
  if (!doc || !canSee(doc, member))
    answer.doc = null
  else if (doc.v !== row.v || answer.refused || answer.later)
    answer.doc = toWire(doc, member) ?? null
}
