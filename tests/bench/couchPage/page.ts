import type { RxCollection, RxJsonSchema } from 'rxdb'
import type { CouchDoc } from './doc.ts'
import { createRxDatabase } from 'rxdb/plugins/core'
import { replicateCouchDB } from 'rxdb/plugins/replication-couchdb'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

const text = (maxLength: number) => ({ type: 'string', maxLength })
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: { id: text(200), kind: text(20), parent: text(200), owner: text(200), when: text(40), d: { type: 'object' } },
  required: ['id', 'kind', 'parent', 'owner', 'when', 'd'],
  indexes: [['kind', 'parent'], ['kind', 'owner'], ['kind', 'when']],
} as unknown as RxJsonSchema<CouchDoc>

/** Replicates a company out of a CouchDB-protocol server and shows its numbers: the least an app like ours would do. */
async function main(): Promise<void> {
  const db = await createRxDatabase<{ records: RxCollection<CouchDoc>, scores: RxCollection<CouchDoc> }>({ name: 'couch', storage: getRxStorageDexie(), multiInstance: false })
  const { records, scores } = await db.addCollections({ records: { schema }, scores: { schema } })
  await Promise.all([records, scores].map(collection => replicateCouchDB({
    replicationIdentifier: `couch-${collection.name}`,
    collection,
    url: `${location.origin}/${collection.name}/`,
    waitForLeadership: false,
    live: true,
    pull: { batchSize: 500 },
    push: {},
  }).awaitInitialReplication()))
  const [numbers, entered] = await Promise.all([
    records.find({ selector: { kind: 'kpi' } }).exec(),
    scores.find({ selector: { when: { $gte: '' } } }).exec(),
  ])
  const main = document.querySelector('main') as HTMLElement
  main.textContent = `${numbers.map(({ d }) => String(d.title)).join(', ')}, ${entered.length} scores`
  requestAnimationFrame(() => console.info(`whole after ${performance.now()}`))
}

void main()
