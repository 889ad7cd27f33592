import type { CivilDate } from '#shared/kpi/civil.ts'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Proposal } from '#shared/record/proposal.ts'
import type { Refusal } from '#shared/sync/wire.ts'
import type { StoredDoc, WriteTx } from '../store/port.ts'
import type { Batch } from './batch.ts'
import type { LoadedWorld } from './world.ts'
import type { ServerRow } from './writeAsServer.ts'
import { refuseWrite } from '#shared/access/access.ts'
import { refuseRule } from '#shared/access/rules.ts'
import { missedId } from '#shared/handoff/step.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { neededBy } from '#shared/record/envelope.ts'
import { missingField } from '#shared/record/specs.ts'
import { nextTodo } from '#shared/tasks/todo.ts'
import { newDoc, setAsServer } from './batch.ts'

interface Wish { kind: Kind, id: string, set: Body }

/** Why an agent may not write this at this moment, by the same table and rules as if it did. */
export function refuseAsAgent(world: LoadedWorld, seat: string, { kind, id, set }: Wish): Refusal | undefined {
  const doc = world.doc(id)
  const before = doc && !doc.deleted ? doc.body : undefined
  const after = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([, value]) => value !== null))
  const code = refuseWrite({ member: seat, role: 'agent' }, world, { kind, id, before, set, after })
  if (code)
    return { code }
  if (missingField(kind, after))
    return { code: 'missing-field' }
  if (neededBy(kind, after).some(needed => !world.get(needed.kind, needed.id)))
    return { code: 'not-yours' }
  return refuseRule(world, { kind, id, before, set, after })
}

/** An approval takes exactly what was shown: not where the record has moved since, nor where the agent may no longer. */
export function refuseApproval(world: LoadedWorld, before: Body | undefined, set: Body): Refusal | undefined {
  if (!before || set.state !== 'approved')
    return undefined
  const proposal = before as unknown as Proposal
  if ((world.doc(proposal.target)?.v ?? '') !== proposal.base)
    return { code: 'target-moved' }
  return refuseAsAgent(world, proposal.seat, wishOf(proposal))
}

/** Writes what was approved, in the agent's name, and what goes beside it. What is sent on is sent now, and has its whole time from now. */
export function applyApproval(batch: Batch, before: StoredDoc, after: StoredDoc): void {
  if (after.kind !== 'proposal' || before.body.state !== 'open' || after.body.state !== 'approved')
    return
  const { kind, id, set } = wishOf(after.body as unknown as Proposal)
  setAsServer(batch, batch.world.doc(id) ?? newDoc(kind, id), sentNow(set, batch.clock.now()))
  const written = batch.touched.get(id)
  if (written)
    written.by = String(after.body.seat)
  for (const row of batch.beside?.get(after.id) ?? [])
    setAsServer(batch, batch.world.doc(row.id) ?? newDoc(row.kind, row.id), row.set)
}

/** What each approval among these would write beside its target: a to-do's next, by the company's day, and that a missed handoff is put away. Locks what it names. */
export async function besideApprovals(tx: WriteTx, org: string, locked: readonly StoredDoc[], { world, clock }: Batch): Promise<Map<string, ServerRow[]>> {
  const proposals = locked.filter(({ kind, body }) => kind === 'proposal' && body.state === 'open')
  const beside = new Map<string, ServerRow[]>()
  if (proposals.length === 0)
    return beside
  const [company] = await tx.docs(org, [org])
  const today = localDate(clock.now(), String(company?.body.timeZone))
  for (const { id, body } of proposals) {
    const rows = besideOf(wishOf(body as unknown as Proposal), world, today)
    const there = await tx.lockDocs(org, rows.map(row => row.id))
    there.forEach(doc => world.put(doc))
    beside.set(id, rows.filter(row => isOpenTo(row, world.doc(row.id))))
  }
  return beside
}

function besideOf({ kind, id, set }: Wish, world: LoadedWorld, today: CivilDate): ServerRow[] {
  const todo = kind === 'todo' && set.state === 'done' ? world.get('todo', id) : undefined
  const next = todo && nextTodo(id, todo, today)
  const missed = kind === 'delivery' && set.sentAt !== undefined ? missedId(id) : undefined
  return [...next ? [{ kind: 'todo' as const, id: next.id, set: { ...next.body } }] : [], ...missed ? [{ kind: 'delivery' as const, id: missed, set: { archived: true } }] : []]
}

/** A next to-do that is there already stays as it is; a handoff is put away while nobody has answered it. */
function isOpenTo({ kind }: ServerRow, there: StoredDoc | undefined): boolean {
  return kind === 'todo' ? !there || there.deleted : there?.kind === 'delivery' && there.body.state === 'sent' && !there.body.archived
}

/** Sent, or sent anew: at the moment it is approved. */
function sentNow(set: Body, now: number): Body {
  const from = set.sentAt ?? (set.state === 'sent' ? set.stateAt : undefined)
  if (typeof from !== 'number')
    return set
  return { ...set, [set.sentAt === undefined ? 'stateAt' : 'sentAt']: now, due: Number(set.due) + now - from }
}

function wishOf({ target, targetKind, set }: Proposal): Wish {
  return { kind: targetKind as Kind, id: target, set }
}
