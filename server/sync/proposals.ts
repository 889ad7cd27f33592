import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Proposal } from '#shared/record/proposal.ts'
import type { Todo } from '#shared/record/todo.ts'
import type { Refusal } from '#shared/sync/wire.ts'
import type { StoredDoc } from '../store/port.ts'
import type { Batch } from './batch.ts'
import type { LoadedWorld } from './world.ts'
import { refuseWrite } from '#shared/access/access.ts'
import { refuseRule } from '#shared/access/rules.ts'
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

/** Writes what was approved, in the agent's name. What is sent on is sent now, and has its whole time from now. */
export function applyApproval(batch: Batch, before: StoredDoc, after: StoredDoc): void {
  if (after.kind !== 'proposal' || before.body.state !== 'open' || after.body.state !== 'approved')
    return
  const now = batch.clock.now()
  const { kind, id, set } = wishOf(after.body as unknown as Proposal)
  const target = batch.world.doc(id) ?? newDoc(kind, id)
  const late = typeof set.sentAt === 'number' ? now - set.sentAt : 0
  setAsServer(batch, target, late === 0 ? set : { ...set, sentAt: now, due: Number(set.due) + late })
  const written = batch.touched.get(id)
  if (written)
    written.by = String(after.body.seat)
  const next = kind === 'todo' && set.state === 'done' ? nextTodo(id, target.body as unknown as Todo, new Date(now).toISOString().slice(0, 10)) : undefined
  if (next && !batch.world.has(next.id))
    setAsServer(batch, newDoc('todo', next.id), { ...next.body })
}

function wishOf({ target, targetKind, set }: Proposal): Wish {
  return { kind: targetKind as Kind, id: target, set }
}
