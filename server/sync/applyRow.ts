import type { Person } from '#shared/access/world.ts'
import type { Body } from '#shared/record/envelope.ts'
import type { Merged, Past } from '#shared/sync/merge.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { Refusal, RowAnswer } from '#shared/sync/wire.ts'
import type { Change, ReadTx, StoredDoc } from '../store/port.ts'
import type { Batch } from './batch.ts'
import { refuseWrite } from '#shared/access/access.ts'
import { refuseRule } from '#shared/access/rules.ts'
import { neededBy } from '#shared/record/envelope.ts'
import { missingField } from '#shared/record/specs.ts'
import { mergeFields } from '#shared/sync/merge.ts'
import { mint, newDoc, touch } from './batch.ts'
import { applyEffects, redirectBeginning, redirectLate } from './effects.ts'
import { refuseApproval } from './proposals.ts'
import { isIdOf, refuseShape } from './refuseShape.ts'
import { canSee } from './sight.ts'

/** How far back a clash looks for who moved a field. */
const historyDepth = 500

/** More fields than any record comes to: stamps stay behind when a field is emptied. */
const mostFields = 5000

const clean = (body: Body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))

/** Judges and applies one row; the answer's `doc` is filled in when the whole push is done. */
export async function applyRow(tx: ReadTx, org: string, batch: Batch, person: Person, sent: Patch, now: number): Promise<RowAnswer> {
  const row = redirectBeginning(batch.world.doc(sent.id), sent)
  const refuse = (refusal: Refusal): RowAnswer => {
    batch.refusals.push({ at: now, by: person.member, id: row.id, code: refusal.code, patch: row })
    return { id: row.id, refused: refusal, doc: null }
  }
  // Not even into the log: no database holds every text as an id.
  if (!isIdOf(row.kind, row.id))
    return { id: row.id, refused: { code: 'wrong-id' }, doc: null }
  const unfit = refuseShape(row, now)
  if (unfit)
    return refuse(unfit)
  const stored = batch.world.doc(row.id)
  if (stored && stored.kind !== row.kind)
    return refuse({ code: 'not-allowed' })
  // One reply to every ballot of somebody else, whether there is one or not.
  if ((stored && !canSee(stored, person.member)) || (row.kind === 'ballot' && !row.id.endsWith(`:${person.member}`)))
    return refuse({ code: 'not-yours' })
  const before = stored ?? newDoc(row.kind, row.id)
  // A part of a record that is no more, or never came here, makes none.
  if (!stored && (row.base !== '' || await wasTaken(tx, org, batch, row)))
    return refuse({ code: 'not-found' })
  const past = await pastOf(tx, org, batch, before, row)
  const writes = redirectLate(batch, row.kind, before, row.set)
  const merged = mergeFields(row.kind, before, writes, person.member, past)
  // A writing that came before was judged then: rights may have ended since, and its answer been lost.
  const news = Object.entries(row.set).filter(([field, [, stamp]]) => before.stamps[field] !== stamp && past.fate(field, stamp) === undefined)
  if (stored && news.length === 0)
    return settle(batch, before, merged, row)
  const set = Object.fromEntries(news.map(([field, [value]]) => [field, value]))
  const after = { ...before.body, ...set }
  const write = { kind: row.kind, id: row.id, before: stored && !stored.deleted ? stored.body : undefined, set, after: clean(after) }
  const fields = Object.keys(merged.stamps).length
  if (fields > mostFields && fields > Object.keys(before.stamps).length)
    return refuse({ code: 'too-large' })
  const forbidden = refuseWrite(person, batch.world, write)
  if (forbidden)
    return refuse({ code: forbidden })
  const missing = missingField(row.kind, merged.body)
  if (missing)
    return refuse({ code: 'missing-field', fields: [missing] })
  if (neededBy(row.kind, merged.body).some(({ kind, id }) => !batch.world.get(kind, id)))
    return { id: row.id, later: true }
  const broken = refuseRule(batch.world, { ...write, after: merged.body })
  if (broken?.later)
    return { id: row.id, later: true, refused: { code: broken.code, fields: broken.fields, about: broken.about } }
  const unapproved = broken ?? (row.kind === 'proposal' ? refuseApproval(batch.world, stored?.body, set) : undefined)
  if (unapproved)
    return refuse(unapproved)
  return settle(batch, before, merged, row)
}

/** `v` stands only where the writer had seen the newest version and everything they wrote was taken. */
function settle(batch: Batch, before: StoredDoc, merged: Merged, row: Patch): RowAnswer {
  const { taken, lost, replaced, raised, undecided } = merged
  const doc = { ...before, deleted: false, body: merged.body, stamps: merged.stamps }
  const answer: RowAnswer = { id: row.id }
  if (Object.keys(replaced).length > 0)
    answer.replaced = replaced
  if (undecided.length > 0)
    answer.refused = { code: 'needs-decision', fields: undecided }
  if (Object.keys(taken).length === 0 && Object.keys(lost).length === 0 && before.v !== '') {
    if (raised)
      keepStamps(batch, doc)
    return answer
  }
  const whole = before.v === row.base && row.v > before.v && !before.deleted && Object.keys(lost).length === 0
    && Object.keys(row.set).every(field => field in taken || merged.stamps[field] === row.set[field]?.[1])
  const changed = Object.keys(taken).length > 0 || before.v === ''
  const v = whole ? row.v : changed ? mint(batch, before, merged.stamps) : before.v
  batch.clock.see(v)
  touch(batch, { ...doc, v }, taken, lost)
  applyEffects(batch, before, { ...doc, v })
  return answer
}

/** Where tombstones are gone, a first writing whose answer was lost must not begin its record anew: only the log knows of it. */
async function wasTaken(tx: ReadTx, org: string, { purgedSeq }: Batch, { id, set }: Patch): Promise<boolean> {
  const past = purgedSeq > 0 ? await tx.changesOf(org, id, historyDepth) : []
  return past.some(change => Object.entries(set).some(([field, [, stamp]]) => change.set[field]?.[1] === stamp || change.lost[field]?.[1] === stamp))
}

function keepStamps(batch: Batch, doc: StoredDoc): void {
  const earlier = batch.touched.get(doc.id)
  if (earlier)
    earlier.doc = { ...earlier.doc, stamps: doc.stamps }
  batch.raised.set(doc.id, doc)
  batch.world.put(doc)
}

/** Reads the record's history only where the writer had not seen its newest version, or a newer stamp was raised on that. */
async function pastOf(tx: ReadTx, org: string, batch: Batch, stored: StoredDoc, { base, set }: Patch): Promise<Past> {
  const isOlder = Object.entries(set).some(([field, [, stamp]]) => stamp < (stored.stamps[field] ?? ''))
  if (stored.v === '' || (stored.v === base && !isOlder))
    return { movedBy: () => undefined, fate: () => undefined }
  const changes = batch.pasts.get(stored.id) ?? await tx.changesOf(org, stored.id, historyDepth)
  batch.pasts.set(stored.id, changes)
  const seen = changes.findIndex(change => change.v === base)
  const since = seen < 0 ? changes : changes.slice(0, seen)
  return {
    // Only its voter moves a ballot, also where the server adopted late dots in a facilitator's name.
    movedBy: field => stored.kind === 'ballot' ? undefined : since.find(change => field in change.set)?.by,
    fate: (field, stamp) => {
      const names = stored.kind === 'ballot' && (field === 'dots' || field === 'late') ? ['dots', 'late'] : [field]
      const had = (values: Change['set'] | Change['lost']) => names.some(name => values[name]?.[1] === stamp)
      if (changes.some(change => had(change.lost)))
        return 'lost'
      return changes.some(change => had(change.set)) ? 'taken' : undefined
    },
  }
}
