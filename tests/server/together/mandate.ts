import type { Body } from '#shared/record/envelope.ts'
import type { Proposal } from '#shared/record/proposal.ts'
import type { StoredDoc } from '../../../server/store/port.ts'

type Docs = ReadonlyMap<string, StoredDoc>
interface Turn { kind: string, id: string, before: Body | undefined, after: Body }

/** Whether a key of this seat is let in at all. */
export function isIn(docs: Docs, seat: string): boolean {
  const { kind, archived, stage } = docs.get(seat)?.body ?? {}
  return kind === 'agent' && !archived && stage !== 'paused' && stage !== 'retired'
}

/** Whether what became of a record is within an agent's own seat, said anew and apart from the access table. */
export function isWithin(seat: string, docs: Docs, { kind, id, before, after }: Turn): boolean {
  const changed = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after)])].filter(field => JSON.stringify(before?.[field]) !== JSON.stringify(after[field]))
  const body = (of: unknown) => docs.get(String(of))?.body
  switch (kind) {
    case 'sheet': return body(after.kpi)?.seat === seat && changed.every(field => field.split('/')[2] === seat || (!before && (field === 'kpi' || field === 'quarter')))
    case 'issue': return !before && after.raisedBy === seat && after.seat === seat && after.state === 'open'
      && (!after.team || body(after.team)?.[`seat/${seat}`] === true) && (!after.kpi || body(after.kpi)?.seat === seat)
    case 'todo': return before
      ? before.owner === seat && after.state === 'done' && changed.every(field => field === 'state' || field === 'doneAt')
      : after.owner === seat && body(id.slice(0, id.lastIndexOf('.')))?.owner === seat
    case 'delivery': return before
      ? isStepWithin(seat, before, after, changed)
      : after.from === seat && after.sentBy === seat && after.state === 'sent' && body(after.contract)?.from === seat && body(after.contract)?.to === after.to
    case 'proposal': return !before && after.seat === seat && after.state === 'open' && isWishWithin(seat, docs, after as unknown as Proposal)
    default: return false
  }
}

/** Answered where it came to, sent anew, put away as missed or verified where it came from; each end says its own alone. */
function isStepWithin(seat: string, before: Body, after: Body, changed: readonly string[]): boolean {
  const only = (...fields: string[]) => changed.every(field => [...fields, 'state', 'stateBy', 'stateAt', 'reopened'].includes(field))
  const answers = before.to === seat && ['accepted', 'returned', 'done'].includes(String(after.state)) && only('acceptedAt', 'returnReason')
  const sendsAnew = before.from === seat && after.state === 'sent' && only('due', 'acceptedAt', 'returnReason') && !after.acceptedAt && !after.returnReason
  const verifies = before.from === seat && after.state === 'verified' && only()
  const putsAway = before.from === seat && before.state === 'sent' && changed.join() === 'archived' && after.archived === true
  return putsAway || (after.stateBy === seat && (answers || sendsAnew || verifies))
}

function isWishWithin(seat: string, docs: Docs, { target, targetKind, set }: Proposal): boolean {
  const before = docs.get(target)?.body
  const after = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([, value]) => value !== null))
  return targetKind !== 'proposal' && isWithin(seat, docs, { kind: targetKind, id: target, before, after })
}

/** Whether an agent may be shown a record: its seat's own, and the issues of its teams. */
export function isShownTo(seat: string, docs: Docs, id: string): boolean {
  const doc = docs.get(id)
  switch (doc?.kind) {
    case 'kpi':
    case 'procedure': return doc.body.seat === seat
    case 'todo': return doc.body.owner === seat
    case 'issue': return docs.get(String(doc.body.team))?.body[`seat/${seat}`] === true
    case 'contract':
    case 'delivery': return doc.body.from === seat || doc.body.to === seat
    default: return false
  }
}
