import type { Bodies, Doc } from '../record/envelope.ts'
import type { Change, Existing, Writes } from './apply.ts'
import type { ImportPlan, PlannedSeat } from './plan.ts'
import { cut, oneLine } from './text.ts'
import { changes, noWrites, record } from './writes.ts'

interface Input { plan: ImportPlan, existing: Existing, seatIds: ReadonlyMap<string, string> }

const partId = (seatId: string, part: number) => `procedure.${seatId}.${part}`

/**
 * What is too long for a seat's responsibilities, as procedures of that seat, found again by its id and their
 * number. One that the file no longer fills is emptied and archived.
 */
export function applyProcedures({ plan, existing, seatIds }: Input): Writes {
  const writes = noWrites()
  const known = new Map((existing.procedures ?? []).map(doc => [doc.id, doc]))
  for (const seat of plan.seats) {
    const id = seatIds.get(seat.key) ?? ''
    const bodies = (seat.more ?? []).map((steps, at) => partOf(seat, id, steps, at + 2))
    for (const [at, body] of bodies.entries()) {
      const doc = known.get(partId(id, at + 2))
      record(writes, doc ? wishes(doc, body) : { kind: 'procedure', id: partId(id, at + 2), body })
    }
    for (let part = bodies.length + 2, doc = known.get(partId(id, part)); doc; doc = known.get(partId(id, ++part)))
      record(writes, changes(doc, { steps: '', archived: true }))
  }
  return writes
}

function partOf({ title, accountability }: PlannedSeat, seat: string, steps: string, part: number): Bodies['procedure'] {
  return { seat, title: `${cut(title, 290)}, ${part}`, trigger: cut(oneLine(accountability), 500) || title, steps }
}

/** Its title and trigger are for people to change. One whose text comes back is no longer archived. */
function wishes(doc: Doc<'procedure'>, { steps }: Bodies['procedure']): Change | undefined {
  return doc.d.steps === steps ? undefined : changes(doc, { steps, archived: null })
}
