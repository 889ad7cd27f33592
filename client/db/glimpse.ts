import type { Collection, Kind } from '#shared/record/envelope.ts'
import type { Stored } from './schema.ts'
import type { Query, Rec } from './types.ts'
import { collectionOf } from '#shared/record/envelope.ts'
import { collectionOfId } from './context.ts'
import { mostParents, recOf, selectorOf, wantedOf } from './live.ts'

/**
 * What a copy held when the app was last closed, read straight from IndexedDB: there long before the database is open.
 * Undefined where there is no such copy.
 */
export interface Glimpse {
  find: <K extends Kind>(query: Query<K>) => Promise<readonly Rec<K>[] | undefined>
  one: <K extends Kind>(id: string) => Promise<Rec<K> | undefined>
  /** The same record as it was glimpsed, where it still is the same. */
  seen: (rec: Rec) => Rec | undefined
  close: () => void
}

/** As the storage writes it: Dexie's index knows no booleans. */
type Row = Stored & { _deleted: '0' | '1' }

const store = 'docs'
/** What the storage calls a collection's database. */
const nameOf = (name: string, collection: Collection) => `rxdb-dexie-${name}--0--${collection}`

export function glimpse(name: string): Glimpse {
  const opening = { records: openExisting(nameOf(name, 'records')).catch(() => undefined), scores: openExisting(nameOf(name, 'scores')).catch(() => undefined) }
  const found = new Map<string, Promise<readonly Rec[] | undefined>>()
  const seen = new Map<string, Rec>()
  let closed = false
  const note = (row: Stored) => {
    const rec = seen.get(row.id) ?? recOf(row)
    seen.set(rec.id, rec)
    return rec
  }

  async function ask(collection: Collection, question: (rows: IDBObjectStore) => IDBRequest<Row[]>[]): Promise<Row[] | undefined> {
    const db = await opening[collection]
    if (!db || closed)
      return undefined
    const asked = question(db.transaction(store).objectStore(store))
    return (await Promise.all(asked.map(resultOf))).flat()
  }

  async function read(query: Query): Promise<readonly Rec[] | undefined> {
    const rows = await ask(collectionOf(query.kind), rows => query.ids
      ? query.ids.map(id => rows.getAll(id))
      : eachOf(query).map(one => rows.index(indexOf(one)).getAll(spanOf(one))))
    return rows?.filter(row => row._deleted === '0').map(note).filter(query.ids ? () => true : wantedOf(query))
  }

  /** What several parts of a page ask is read once. */
  function find(query: Query): Promise<readonly Rec[] | undefined> {
    const key = JSON.stringify(query)
    const reading = found.get(key) ?? read(query)
    found.set(key, reading)
    return reading
  }

  // What every page asks first is read while the page's code is still coming.
  for (const kind of ['org', 'member', 'seat', 'team', 'round'] as const)
    void find({ kind }).catch(() => {})

  return {
    find: find as Glimpse['find'],
    one: async <K extends Kind>(id: string) => {
      const [row] = await ask(collectionOfId(id), rows => [rows.getAll(id)]) ?? []
      return row?._deleted === '0' ? note(row) as Rec<K> : undefined
    },
    seen: (rec) => {
      const known = seen.get(rec.id)
      return known?.v === rec.v && known.waiting.join() === rec.waiting.join() ? known : undefined
    },
    close: () => {
      closed = true
      for (const open of Object.values(opening))
        void open.then(db => db?.close())
    },
  }
}

/** Opens what is there; makes nothing. What the browser refuses, the opening of the whole database tells. */
async function openExisting(name: string): Promise<IDBDatabase | undefined> {
  const { promise, resolve } = Promise.withResolvers<IDBDatabase | undefined>()
  const asked = indexedDB.open(name)
  asked.onupgradeneeded = () => asked.transaction?.abort()
  asked.onerror = () => resolve(undefined)
  asked.onsuccess = () => {
    const db = asked.result
    // Whoever deletes or upgrades it waits for nobody here.
    db.onversionchange = () => db.close()
    resolve(db)
  }
  return promise
}

function resultOf(asked: IDBRequest<Row[]>): Promise<Row[]> {
  const { promise, resolve, reject } = Promise.withResolvers<Row[]>()
  asked.onsuccess = () => resolve(asked.result)
  asked.onerror = () => reject(asked.error as DOMException)
  return promise
}

/** A few parents are a few looks into the index, as the reader has it. */
function eachOf(query: Query): Query[] {
  return Array.isArray(query.parent) && query.parent.length <= mostParents ? query.parent.map(parent => ({ ...query, parent: parent as string })) : [query]
}

function indexOf(query: Query): string {
  return `[_deleted+${selectorOf(query).index.join('+')}+id]`
}

/** From the first to the last key of the index that fits: an array sorts after every text. */
function spanOf(query: Query): IDBKeyRange {
  const { selector, index } = selectorOf(query)
  const ends = index.filter(field => field in selector).map((field) => {
    const wanted = selector[field] ?? ''
    return typeof wanted === 'string' ? [wanted, wanted] : [wanted.$gte, wanted.$lte]
  })
  return IDBKeyRange.bound(['0', ...ends.map(([from]) => from)], ['0', ...ends.map(([, to]) => to), []])
}
