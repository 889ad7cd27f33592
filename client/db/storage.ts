import type { PreparedQuery, RxStorageQueryResult } from 'rxdb'
import type { RxStorageInstanceDexie } from 'rxdb/plugins/storage-dexie'
import { DEXIE_DOCS_TABLE_NAME, dexieReplaceIfStartsWithPipe, getKeyRangeByQueryPlan, getRxStorageDexie } from 'rxdb/plugins/storage-dexie'

type Instance = RxStorageInstanceDexie<unknown>
type Rows = RxStorageQueryResult<unknown>
/** A copy of our own, booleans still as the index wants them. No field name of ours needs Dexie's escape. */
type Row = Record<string, unknown>

/**
 * IndexedDB through Dexie. RxDB walks a cursor, one event a row; where the index alone decides what fits
 * and in which order, all rows are asked for at once instead.
 */
export function createStorage(): ReturnType<typeof getRxStorageDexie> {
  const storage = getRxStorageDexie()
  const create = storage.createStorageInstance.bind(storage)
  storage.createStorageInstance = async (params) => {
    const instance = await create(params)
    readAtOnce(instance as unknown as Instance)
    return instance
  }
  return storage
}

function readAtOnce(instance: Instance) {
  const walk = instance.query.bind(instance)
  instance.query = async (prepared) => {
    const { selectorSatisfiedByIndex, sortSatisfiedByIndex } = prepared.queryPlan
    return selectorSatisfiedByIndex && sortSatisfiedByIndex ? atOnce(instance, prepared) : walk(prepared)
  }
}

async function atOnce(instance: Instance, { query, queryPlan }: PreparedQuery<unknown>): Promise<Rows> {
  const { dexieDb, dexieTable, booleanIndexes } = await instance.internals
  const range = getKeyRangeByQueryPlan(booleanIndexes, queryPlan, undefined) as IDBKeyRange
  const index = `[${queryPlan.index.map(dexieReplaceIfStartsWithPipe).join('+')}]`
  const { skip = 0, limit } = query
  const upTo = limit === undefined ? undefined : skip + limit
  const rows = await dexieDb.transaction('r', dexieTable, transaction => new Promise<Row[]>((resolve, reject) => {
    const store = transaction.idbtrans.objectStore(DEXIE_DOCS_TABLE_NAME)
    const asked = store.index(index).getAll(range, upTo)
    asked.onsuccess = () => resolve(asked.result)
    asked.onerror = () => reject(asked.error)
  }))
  for (const row of rows) {
    for (const field of booleanIndexes)
      row[field] = row[field] === '1'
  }
  return { documents: rows.slice(skip) as unknown as Rows['documents'] }
}
