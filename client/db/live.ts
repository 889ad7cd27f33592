import type { Observable } from 'rxjs'
import type { Bodies, Kind } from '#shared/record/envelope.ts'
import type { Database } from './context.ts'
import type { Stored, StoredDocument } from './schema.ts'
import type { Query, Rec } from './types.ts'
import { combineLatest, distinctUntilChanged, map, of } from 'rxjs'
import { collectionFor, collectionOfId } from './context.ts'

export const mostParents = 40

/** A stored record as a plain object. */
export function recOf({ id, kind, v, parent, owner, when, rank, pend, d }: Stored): Rec {
  return { id, kind, v, parent, owner, when, rank, d: d as unknown as Bodies[Kind], waiting: Object.keys(pend) }
}

/** Reads records as plain objects; an unchanged record keeps its identity, also one that was glimpsed. */
export function createReader(db: Database, glimpsed?: (rec: Rec) => Rec | undefined) {
  const plain = new WeakMap<StoredDocument, Rec>()

  function toRec(document: StoredDocument): Rec {
    const known = plain.get(document)
    if (known)
      return known
    const read = recOf(document.toJSON() as Stored)
    const rec = glimpsed?.(read) ?? read
    plain.set(document, rec)
    return rec
  }

  /** A few parents are a few looks into the index, not a walk over the whole kind. */
  function eachParent<K extends Kind>(query: Query<K> & { parent: readonly string[] }): Observable<readonly Rec<K>[]> {
    const wanted = wantedOf(query)
    if (query.parent.length === 0)
      return of([])
    return combineLatest(query.parent.map(parent => collectionFor(db, query.kind).find(selectorOf({ ...query, parent })).$))
      .pipe(map(found => found.flat().map(toRec).filter(wanted) as Rec<K>[]))
  }

  return {
    toRec,
    find: <K extends Kind>(query: Query<K>): Observable<readonly Rec<K>[]> => {
      if (query.ids)
        return collectionFor(db, query.kind).findByIds([...query.ids]).$.pipe(map(found => [...found.values()].map(toRec) as Rec<K>[]))
      if (Array.isArray(query.parent) && query.parent.length <= mostParents)
        return eachParent({ ...query, parent: query.parent as readonly string[] })
      const wanted = wantedOf(query)
      return collectionFor(db, query.kind).find(selectorOf(query)).$.pipe(map(found => found.map(toRec).filter(wanted) as Rec<K>[]))
    },
    one: <K extends Kind>(id: string): Observable<Rec<K> | undefined> =>
      db[collectionOfId(id)].findOne(id).$.pipe(map(found => found ? toRec(found) as Rec<K> : undefined), distinctUntilChanged()),
    get: async <K extends Kind>(id: string): Promise<Rec<K> | undefined> => {
      const found = await db[collectionOfId(id)].findOne(id).exec()
      return found ? toRec(found) as Rec<K> : undefined
    },
  }
}

/** What an index decides of a query. */
export interface Selection {
  selector: { kind: Kind, parent?: string, owner?: string, when?: { $gte: string, $lte: string } }
  index: (keyof Selection['selector'])[]
}

/** One index each: by parent, by owner, or by a span of `when`. */
export function selectorOf(query: Query): Selection {
  if (typeof query.parent === 'string')
    return { selector: { kind: query.kind, parent: query.parent }, index: ['kind', 'parent'] }
  if (query.owner !== undefined)
    return { selector: { kind: query.kind, owner: query.owner }, index: ['kind', 'owner'] }
  if (query.when && query.when.length > 0) {
    const span = [...query.when].sort()
    return { selector: { kind: query.kind, when: { $gte: span[0] as string, $lte: span.at(-1) as string } }, index: ['kind', 'when'] }
  }
  return { selector: { kind: query.kind }, index: ['kind', 'parent'] }
}

/** What the index alone does not decide. */
export function wantedOf(query: Query): (rec: Rec) => boolean {
  const parents = Array.isArray(query.parent) ? new Set<string>(query.parent) : undefined
  const times = query.when && new Set(query.when)
  return rec => (!parents || parents.has(rec.parent)) && (!times || times.has(rec.when))
    && (query.owner === undefined || rec.owner === query.owner)
}
