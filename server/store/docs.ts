import type { Selectable } from 'kysely'
import type { Kind } from '#shared/record/envelope.ts'
import type { Change, ReadTx, StoredDoc, WriteTx } from './port.ts'
import type { Db, Tables } from './tables.ts'
import { collectionOf } from '#shared/record/envelope.ts'
import { digestModulus, emptyDigest } from '#shared/sync/digest.ts'
import { purgeTombstones, readTombstones } from './tombstones.ts'

const rowsAtOnce = 100
const idsAtOnce = 1000
/** Kept of each person's refused rows: being refused must not fill the disk. */
const mostRefusals = 500

/** The read half of a transaction, the same SQL on both databases. */
export function createReadTx(db: Db): ReadTx {
  const all = () => db.selectFrom('doc').selectAll()
  const changes = () => db.selectFrom('change_log').selectAll()
  return {
    ...readTombstones(db),
    orgSync: async (org) => {
      const row = await db.selectFrom('org_sync').selectAll().where('org', '=', org).executeTakeFirst()
      return row && {
        seq: Number(row.seq),
        purgedSeq: Number(row.purged_seq),
        epoch: row.epoch,
        stamp: row.stamp,
        digests: {
          records: { count: Number(row.records_count), sum: Number(row.records_sum) },
          scores: { count: Number(row.scores_count), sum: Number(row.scores_sum) },
        },
      }
    },
    heads: async (orgs) => {
      const found: { org: string, seq: number }[] = []
      for (let at = 0; at < orgs.length; at += idsAtOnce)
        found.push(...(await db.selectFrom('org_sync').select(['org', 'seq']).where('org', 'in', orgs.slice(at, at + idsAtOnce)).execute()).map(({ org, seq }) => ({ org, seq: Number(seq) })))
      return found
    },
    docs: async (org, ids) => {
      // No id holds a zero character, and PostgreSQL would take offence at one.
      const wanted = ids.filter(id => !id.includes('\0'))
      const found: StoredDoc[] = []
      for (let at = 0; at < wanted.length; at += idsAtOnce)
        found.push(...(await all().where('org', '=', org).where('id', 'in', wanted.slice(at, at + idsAtOnce)).execute()).map(toDoc))
      return found
    },
    docsByKind: async (org, kind) =>
      (await all().where('org', '=', org).where('kind', '=', kind).execute()).map(toDoc),
    docsByParent: async (org, parent, kind) =>
      (await all().where('org', '=', org).where('kind', '=', kind).where('parent', '=', parent).execute()).map(toDoc),
    docsByOwner: async (org, owner, kind) =>
      (await all().where('org', '=', org).where('kind', '=', kind).where('owner', '=', owner).execute()).map(toDoc),
    hasScores: async org => await db.selectFrom('doc').select('id').where('org', '=', org).where('kind', '=', 'sheet').where('deleted', '=', 0).where('body', 'not like', '%"demo":true%').limit(1).executeTakeFirst() !== undefined,
    docsSince: async (org, collection, since, limit) =>
      (await all().where('org', '=', org).where('coll', '=', collection).where('seq', '>', since).orderBy('seq').limit(limit).execute()).map(toDoc),
    docsOfWhen: async (org, collection, when, { after, upTo, limit }) =>
      (await all().where('org', '=', org).where('coll', '=', collection).where('when', '=', when).where('id', '>', after).where('seq', '<=', upTo).where('deleted', '=', 0).orderBy('id').limit(limit).execute()).map(toDoc),
    whenBefore: async (org, collection, when) => {
      const newest = db.selectFrom('doc').select(eb => eb.fn.max('when').as('when')).where('org', '=', org).where('coll', '=', collection)
      return (await (when === undefined ? newest : newest.where('when', '<', when)).executeTakeFirst())?.when ?? undefined
    },
    docsBetween: async (org, after, upTo) =>
      (await all().where('org', '=', org).where('seq', '>', after).where('seq', '<=', upTo).orderBy('seq').execute()).map(toDoc),
    changesOf: async (org, id, limit) =>
      (await changes().where('org', '=', org).where('id', '=', id).orderBy('seq', 'desc').limit(limit).execute()).map(toChange),
    changesLostBy: async (org, by, since) => (await changes().where('org', '=', org).where('seq', 'in', db.selectFrom('lost_value').select('seq').where('org', '=', org).where('author', '=', by).where('at', '>=', since)).orderBy('seq', 'desc').limit(200).execute()).map(toChange),
  }
}

/** The write half, given how this database locks ids. */
export function createWriteTx(db: Db, lock: (org: string, ids: readonly string[]) => Promise<void>): WriteTx {
  const read = createReadTx(db)
  return {
    ...read,
    lockDocs: async (org, ids) => {
      await lock(org, ids)
      return read.docs(org, ids)
    },
    createOrgSync: async (org, epoch, stamp) => {
      await db.insertInto('org_sync').values({ org, seq: 0, purged_seq: 0, epoch, stamp, records_count: 0, records_sum: 0, scores_count: 0, scores_sum: 0 }).execute()
    },
    renewEpochs: async (epoch) => {
      await db.updateTable('org_sync').set({ epoch }).execute()
    },
    takeSeq: async (org, count, stamp, { records, scores } = { records: emptyDigest(), scores: emptyDigest() }) => {
      const row = await db.updateTable('org_sync')
        .set(eb => ({
          seq: eb('seq', '+', count),
          stamp: eb.case().when('stamp', '<', stamp).then(stamp).else(eb.ref('stamp')).end(),
          records_count: eb('records_count', '+', records.count),
          records_sum: eb(eb.parens('records_sum', '+', records.sum), '%', digestModulus),
          scores_count: eb('scores_count', '+', scores.count),
          scores_sum: eb(eb.parens('scores_sum', '+', scores.sum), '%', digestModulus),
        }))
        .where('org', '=', org)
        .returning('seq')
        .executeTakeFirstOrThrow()
      return Number(row.seq) - count + 1
    },
    putDocs: async (org, docs) => {
      for (let at = 0; at < docs.length; at += rowsAtOnce) {
        await db.insertInto('doc').values(docs.slice(at, at + rowsAtOnce).map(doc => fromDoc(org, doc))).onConflict(conflict => conflict.columns(['org', 'id']).doUpdateSet(eb => ({
          seq: eb.ref('excluded.seq'),
          v: eb.ref('excluded.v'),
          deleted: eb.ref('excluded.deleted'),
          audience: eb.ref('excluded.audience'),
          shown: eb.ref('excluded.shown'),
          parent: eb.ref('excluded.parent'),
          owner: eb.ref('excluded.owner'),
          when: eb.ref('excluded.when'),
          body: eb.ref('excluded.body'),
          stamps: eb.ref('excluded.stamps'),
        }))).execute()
      }
    },
    putStamps: async (org, id, stamps) => {
      await db.updateTable('doc').set({ stamps: JSON.stringify(stamps) }).where('org', '=', org).where('id', '=', id).execute()
    },
    purgeTombstones: (org, before) => purgeTombstones(db, org, before),
    addChanges: async (org, changes) => {
      for (let at = 0; at < changes.length; at += rowsAtOnce)
        await db.insertInto('change_log').values(changes.slice(at, at + rowsAtOnce).map(change => fromChange(org, change))).execute()
      const lost = changes.flatMap(change => [...new Set(Object.values(change.lost).map(([,, by]) => by))]
        .map(author => ({ org, author, at: change.at, seq: change.seq })))
      if (lost.length > 0)
        await db.insertInto('lost_value').values(lost).execute()
    },
    addRefusals: async (org, refusals) => {
      const [first] = refusals
      if (first) {
        await db.insertInto('refusal').values(refusals.map(({ at, by, id, code, patch }) =>
          ({ org, at, author: by, id, code, patch: JSON.stringify(patch).slice(0, 20_000) }))).execute()
        const oldest = await db.selectFrom('refusal').select('at').where('org', '=', org).where('author', '=', first.by).orderBy('at', 'desc').offset(mostRefusals).limit(1).executeTakeFirst()
        if (oldest)
          await db.deleteFrom('refusal').where('org', '=', org).where('author', '=', first.by).where('at', '<=', oldest.at).execute()
      }
    },
  }
}

function toDoc(row: Selectable<Tables['doc']>): StoredDoc {
  return {
    id: row.id,
    kind: row.kind as Kind,
    seq: Number(row.seq),
    v: row.v,
    deleted: row.deleted === 1,
    audience: row.audience,
    shown: row.shown === 1,
    parent: row.parent,
    owner: row.owner,
    when: row.when,
    body: JSON.parse(row.body) as StoredDoc['body'],
    stamps: JSON.parse(row.stamps) as StoredDoc['stamps'],
  }
}

function fromDoc(org: string, doc: StoredDoc): Tables['doc'] {
  return {
    ...doc,
    org,
    coll: collectionOf(doc.kind),
    deleted: doc.deleted ? 1 : 0,
    shown: doc.shown ? 1 : 0,
    body: JSON.stringify(doc.body),
    stamps: JSON.stringify(doc.stamps),
  }
}

function toChange(row: Selectable<Tables['change_log']>): Change {
  return {
    seq: Number(row.seq),
    id: row.id,
    v: row.v,
    by: row.author,
    at: Number(row.at),
    set: JSON.parse(row.fields) as Change['set'],
    lost: JSON.parse(row.lost) as Change['lost'],
  }
}

function fromChange(org: string, change: Change): Tables['change_log'] {
  const { seq, id, v, by, at, set, lost } = change
  return { org, seq, id, v, author: by, at, fields: JSON.stringify(set), lost: JSON.stringify(lost) }
}
