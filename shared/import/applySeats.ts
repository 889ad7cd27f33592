import type { Bodies, Doc } from '../record/envelope.ts'
import type { ApplyContext, Existing, Writes } from './apply.ts'
import type { MemberIds } from './applyMembers.ts'
import type { ImportPlan, PlannedSeat, Problem } from './plan.ts'
import type { Seating } from './seatOrder.ts'
import { ownerFinder } from './agentOwner.ts'
import { cutLoops, topDown } from './seatOrder.ts'
import { placeFinder } from './seatPlace.ts'
import { folded } from './text.ts'
import { bodyOf, byImportKey, changes, noWrites, record } from './writes.ts'

interface Input { plan: ImportPlan, existing: Existing, context: ApplyContext, memberIds: MemberIds }

/** Seats, each after the one it reports to. */
export function applySeats({ plan, existing, context, memberIds }: Input): Writes & { ids: ReadonlyMap<string, string> } {
  const writes = noWrites()
  const known = byImportKey(existing.seats)
  const ids = new Map(plan.seats.map(({ key }) => [key, known.get(key)?.id ?? context.newId('seat')]))
  const placeOf = placeFinder(plan, existing, ids)
  const ownerOf = ownerFinder(existing.members)
  const seatings = topDown(plan.seats).map(seat => ({
    id: ids.get(seat.key) ?? '',
    seat,
    ...seat.holderKey !== undefined && { holder: seat.holderKey && (memberIds.get(seat.holderKey) ?? undefined) },
    ...seat.ownerName && { owner: ownerOf(seat.ownerName) },
    ...placeOf(seat, known.get(seat.key)),
  } satisfies Seating))
  for (const seating of cutLoops(seatings, existing.seats)) {
    const doc = known.get(seating.seat.key)
    record(writes, doc ? changes(doc, wishes(doc, seating)) : { kind: 'seat', id: seating.id, body: newSeat(seating, context) })
    writes.problems.push(...problemsOf(seating, doc), ...plan.format === 'agents' && !doc ? titleTaken(seating.seat, existing) : [])
  }
  return { ...writes, ids }
}

function newSeat({ seat, holder, owner, reportsTo }: Seating, context: ApplyContext): Bodies['seat'] {
  const agent = { owner: owner ?? context.agentOwner ?? context.writer, stage: 'planned', authority: 'draft' } as const
  return bodyOf<'seat'>({
    kind: seat.kind,
    title: seat.title,
    accountability: seat.accountability,
    responsibilities: seat.responsibilities,
    reportsTo,
    ...seat.kind === 'agent' ? agent : { holder },
    archived: seat.archived,
    importKey: seat.key,
    importNote: seat.note,
  })
}

/** A blank in the file empties no sentence, and its stage and kind are for people to change. */
function wishes({ d }: Doc<'seat'>, { seat, holder, owner, reportsTo }: Seating): Record<string, unknown> {
  return {
    title: seat.title,
    accountability: seat.accountability || undefined,
    responsibilities: seat.responsibilities || undefined,
    reportsTo,
    archived: seat.archived,
    importNote: noteFor(d.importNote, seat),
    ...d.kind === 'agent' ? { owner } : { holder },
  }
}

/** A seat without a place that somebody has given one since, by taking its note away, stays placed. */
function noteFor(now: string | undefined, seat: PlannedSeat): string | null | undefined {
  if (!seat.note)
    return null
  return seat.reportsToKey || now ? seat.note : undefined
}

function problemsOf({ seat, holder, owner, looped }: Seating, doc: Doc<'seat'> | undefined): Problem[] {
  const list = (code: Problem['code'], about: string): Problem => ({ row: seat.row, code, about, text: seat.title })
  return [
    ...seat.holderKey && !holder ? [list('cannot-hold', seat.holderKey)] : [],
    ...seat.ownerName && !owner ? [list('unknown-owner', seat.ownerName)] : [],
    ...doc && doc.d.kind !== seat.kind ? [list('other-kind', seat.kind)] : [],
    ...looped ? [list('in-a-cycle', seat.reportsToKey ?? '')] : [],
  ]
}

/** An agent that is new here, under a name another seat has. */
function titleTaken({ row, title, key }: PlannedSeat, { seats }: Existing): Problem[] {
  const isTaken = seats.some(({ d }) => !d.archived && folded(d.title) === folded(title))
  return isTaken ? [{ row, code: 'title-taken', about: title, text: key }] : []
}
