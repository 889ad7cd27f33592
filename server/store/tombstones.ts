import type { ReadTx } from './port.ts'
import type { Db } from './tables.ts'

/** A tombstone is as old as the change that wrote it. */
function oldTombstones(db: Db, before: number) {
  return db.selectFrom('doc')
    .innerJoin('change_log', join => join.onRef('change_log.org', '=', 'doc.org').onRef('change_log.seq', '=', 'doc.seq'))
    .where('doc.deleted', '=', 1)
    .where('change_log.at', '<', before)
}

export function readTombstones(db: Db): Pick<ReadTx, 'purgedSeq' | 'orgsWithTombstones'> {
  return {
    purgedSeq: async (org, collection) =>
      Number((await db.selectFrom('purged').select('seq').where('org', '=', org).where('coll', '=', collection).executeTakeFirst())?.seq ?? 0),
    orgsWithTombstones: async before =>
      (await oldTombstones(db, before).select('doc.org').distinct().execute()).map(({ org }) => org),
  }
}

/** How far it reached is noted per collection: a cursor of the other one has missed nothing. By age is not by number: it never falls. */
export async function purgeTombstones(db: Db, org: string, before: number): Promise<number> {
  const old = await oldTombstones(db, before).where('doc.org', '=', org).select(['doc.seq', 'doc.coll']).execute()
  for (const coll of new Set(old.map(found => found.coll))) {
    const seqs = old.filter(found => found.coll === coll).map(found => Number(found.seq))
    const seq = Math.max(...seqs)
    await db.insertInto('purged').values({ org, coll, seq }).onConflict(conflict => conflict.columns(['org', 'coll']).doUpdateSet({ seq }).where('purged.seq', '<', seq)).execute()
    await db.updateTable('org_sync').set({ purged_seq: seq }).where('org', '=', org).where('purged_seq', '<', seq).execute()
    await db.deleteFrom('doc').where('org', '=', org).where('coll', '=', coll).where('deleted', '=', 1).where('seq', 'in', seqs).execute()
  }
  return old.length
}
