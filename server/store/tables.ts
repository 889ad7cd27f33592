import type { Kysely } from 'kysely'
import type { Body, Kind } from '#shared/record/envelope.ts'
import { sql } from 'kysely'
import { collectionOf, indexOf } from '#shared/record/envelope.ts'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'

/** Every table is keyed by org first, so that it partitions by org. JSON is text, flags are 0 and 1. */
export interface Tables {
  org_sync: { org: string, seq: number, purged_seq: number, epoch: string, stamp: string, records_count: number, records_sum: number, scores_count: number, scores_sum: number }
  doc: {
    org: string
    id: string
    coll: string
    kind: string
    seq: number
    v: string
    deleted: number
    audience: string
    shown: number
    parent: string
    owner: string
    when: string
    body: string
    stamps: string
  }
  change_log: { org: string, seq: number, id: string, v: string, author: string, at: number, fields: string, lost: string }
  lost_value: { org: string, author: string, at: number, seq: number }
  /** Up to which change the tombstones of a collection are gone. */
  purged: { org: string, coll: string, seq: number }
  refusal: { org: string, at: number, author: string, id: string, code: string, patch: string }
}

export type Db = Kysely<Tables>

/** Creates what is missing; safe to run at every start. */
export async function migrateDocs(db: Db): Promise<void> {
  await db.schema.createTable('org_sync').ifNotExists().addColumn('org', 'text', column => column.primaryKey()).addColumn('seq', 'bigint', column => column.notNull()).addColumn('purged_seq', 'bigint', column => column.notNull()).addColumn('epoch', 'text', column => column.notNull()).addColumn('stamp', 'text', column => column.notNull()).execute()
  await migrateDocTable(db)
  await migrateHistory(db)
  await migrateFilling(db)
}

async function migrateDocTable(db: Db): Promise<void> {
  await db.schema.createTable('doc').ifNotExists().addColumn('org', 'text', column => column.notNull()).addColumn('id', 'text', column => column.notNull()).addColumn('coll', 'text', column => column.notNull()).addColumn('kind', 'text', column => column.notNull()).addColumn('seq', 'bigint', column => column.notNull()).addColumn('v', 'text', column => column.notNull()).addColumn('deleted', 'integer', column => column.notNull()).addColumn('audience', 'text', column => column.notNull()).addColumn('shown', 'integer', column => column.notNull()).addColumn('parent', 'text', column => column.notNull()).addColumn('owner', 'text', column => column.notNull()).addColumn('body', 'text', column => column.notNull()).addColumn('stamps', 'text', column => column.notNull()).addPrimaryKeyConstraint('doc_pk', ['org', 'id']).execute()
  await db.schema.createIndex('doc_seq').ifNotExists().on('doc').columns(['org', 'seq']).execute()
  await db.schema.createIndex('doc_pull').ifNotExists().on('doc').columns(['org', 'coll', 'seq']).execute()
  await db.schema.createIndex('doc_parent').ifNotExists().on('doc').columns(['org', 'kind', 'parent']).execute()
  await db.schema.createIndex('doc_tombstone').ifNotExists().on('doc').columns(['org', 'seq']).where(sql.ref('deleted'), '=', 1).execute()
  await db.schema.createTable('purged').ifNotExists().addColumn('org', 'text', column => column.notNull()).addColumn('coll', 'text', column => column.notNull()).addColumn('seq', 'bigint', column => column.notNull()).addPrimaryKeyConstraint('purged_pk', ['org', 'coll']).execute()
  await db.schema.createIndex('doc_owner').ifNotExists().on('doc').columns(['org', 'kind', 'owner']).execute()
}

/** What came with wire version 2: the time of a record, and digests that are kept instead of counted anew. */
async function migrateFilling(db: Db): Promise<void> {
  const table = (await db.introspection.getTables()).find(({ name }) => name === 'doc')
  if (table?.columns.some(({ name }) => name === 'when'))
    return
  await db.schema.alterTable('doc').addColumn('when', 'text', column => column.notNull().defaultTo('')).execute()
  for (const column of ['records_count', 'records_sum', 'scores_count', 'scores_sum'])
    await db.schema.alterTable('org_sync').addColumn(column, 'bigint', added => added.notNull().defaultTo(0)).execute()
  await db.schema.createIndex('doc_when').on('doc').columns(['org', 'coll', 'when', 'id']).execute()
  for (const { org } of await db.selectFrom('org_sync').select('org').execute())
    await fillIn(db, org)
}

/** A store from before: each record's time and the org's digests, a thousand records at a time. */
async function fillIn(db: Db, org: string): Promise<void> {
  const digests = { records: emptyDigest(), scores: emptyDigest() }
  for (let after = ''; ;) {
    const rows = await db.selectFrom('doc').selectAll().where('org', '=', org).where('id', '>', after).orderBy('id').limit(1000).execute()
    for (const { id, kind, v, body, deleted, audience } of rows) {
      const { when } = indexOf(kind as Kind, JSON.parse(body) as Body)
      await db.updateTable('doc').set({ when }).where('org', '=', org).where('id', '=', id).execute()
      if (!deleted && audience === '')
        addToDigest(digests[collectionOf(kind as Kind)], id, v)
    }
    const last = rows.at(-1)
    if (!last)
      break
    after = last.id
  }
  const { records, scores } = digests
  await db.updateTable('org_sync').set({ records_count: records.count, records_sum: records.sum, scores_count: scores.count, scores_sum: scores.sum }).where('org', '=', org).execute()
}

async function migrateHistory(db: Db): Promise<void> {
  await db.schema.createTable('change_log').ifNotExists().addColumn('org', 'text', column => column.notNull()).addColumn('seq', 'bigint', column => column.notNull()).addColumn('id', 'text', column => column.notNull()).addColumn('v', 'text', column => column.notNull()).addColumn('author', 'text', column => column.notNull()).addColumn('at', 'bigint', column => column.notNull()).addColumn('fields', 'text', column => column.notNull()).addColumn('lost', 'text', column => column.notNull()).addPrimaryKeyConstraint('change_log_pk', ['org', 'seq']).execute()
  await db.schema.createIndex('change_log_id').ifNotExists().on('change_log').columns(['org', 'id', 'seq']).execute()
  await db.schema.createTable('lost_value').ifNotExists().addColumn('org', 'text', column => column.notNull()).addColumn('author', 'text', column => column.notNull()).addColumn('at', 'bigint', column => column.notNull()).addColumn('seq', 'bigint', column => column.notNull()).addPrimaryKeyConstraint('lost_value_pk', ['org', 'author', 'seq']).execute()
  await db.schema.createTable('refusal').ifNotExists().addColumn('org', 'text', column => column.notNull()).addColumn('at', 'bigint', column => column.notNull()).addColumn('author', 'text', column => column.notNull()).addColumn('id', 'text', column => column.notNull()).addColumn('code', 'text', column => column.notNull()).addColumn('patch', 'text', column => column.notNull()).execute()
  await db.schema.createIndex('refusal_author').ifNotExists().on('refusal').columns(['org', 'author', 'at']).execute()
  await db.schema.createIndex('refusal_org').ifNotExists().on('refusal').columns(['org', 'at']).execute()
}
