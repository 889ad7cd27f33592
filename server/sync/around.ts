import type { Around, Known } from '#shared/lifecycle/around.ts'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import { aroundSeat } from '#shared/lifecycle/around.ts'

interface Row { kind: Kind, id: string, set: Body }

/** The fields of a seat whose change is judged by what stands around it. */
export const steps = ['stage', 'authority', 'nextReview']

/** The seats these rows take a step of; pausing is never held up by a look around. */
export function seatsInStep(rows: readonly Row[], docOf: (id: string) => StoredDoc | undefined): string[] {
  const seats = rows.flatMap(({ kind, id, set }) => {
    if (kind === 'review')
      return [String(set.seat)]
    const before = kind === 'seat' ? docOf(id)?.body : undefined
    return before && set.stage !== 'paused' && steps.some(step => step in set && set[step] !== before[step]) ? [id] : []
  })
  return [...new Set(seats)].filter(id => docOf(id)?.body.kind === 'agent')
}

/** What these seats' lights, duties and history are read from. */
export async function loadAround(tx: ReadTx, org: string, seats: readonly string[]): Promise<StoredDoc[]> {
  const found = seats.length > 0 ? await tx.docsByKind(org, 'team') : []
  for (const seat of seats) {
    const kpis = await tx.docsByParent(org, seat, 'kpi')
    for (const kpi of kpis)
      found.push(...await tx.docsByParent(org, kpi.id, 'sheet'))
    found.push(...kpis, ...await tx.docsByParent(org, seat, 'contract'), ...await tx.docsByOwner(org, seat, 'contract'))
    found.push(...await tx.docsByParent(org, seat, 'review'), ...await tx.docsByParent(org, seat, 'priority'), ...await tx.docsByOwner(org, seat, 'todo'))
  }
  return found
}

/** What stands around a seat, of the records loaded. */
export function aroundIn(docs: Iterable<StoredDoc>, seat: string): Around {
  const known: { [K in keyof Known]: StoredDoc[] } = { kpi: [], sheet: [], team: [], contract: [], review: [], todo: [], priority: [] }
  for (const doc of docs) {
    if (!doc.deleted && doc.kind in known)
      known[doc.kind as keyof Known].push(doc)
  }
  return aroundSeat(seat, Object.fromEntries(Object.entries(known).map(([kind, found]) => [kind, found.map(({ id, body }) => ({ id, d: body }))])) as unknown as Known)
}
