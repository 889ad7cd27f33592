import type { Database } from './context.ts'
import type { Stored } from './schema.ts'
import { needs } from '#shared/record/envelope.ts'
import { seatsIn } from '#shared/record/ids.ts'
import { collectionOfId } from './context.ts'

const namedIn = ({ kind, d }: Stored) => [...needs(kind, d), ...kind === 'team' ? seatsIn(d) : []]

/** The same records, each after those of them it names: what it cannot exist without, and the seats a team is made of. */
export function parentsFirst(rows: readonly Stored[]): Stored[] {
  const byId = new Map(rows.map(row => [row.id, row]))
  const done = new Set<string>()
  const ordered: Stored[] = []
  const visit = (row: Stored) => {
    if (done.has(row.id))
      return
    done.add(row.id)
    for (const parent of namedIn(row)) {
      const above = byId.get(parent)
      if (above)
        visit(above)
    }
    ordered.push(row)
  }
  rows.forEach(visit)
  return ordered
}

/** Everything above these records that this device has written and the server has not taken, topmost first. */
export async function pendingAbove(db: Database, rows: readonly Stored[]): Promise<Stored[]> {
  const seen = new Set(rows.map(row => row.id))
  const found: Stored[] = []
  let level = rows
  while (level.length > 0) {
    const wanted = [...new Set(level.flatMap(row => namedIn(row)))].filter(id => !seen.has(id))
    wanted.forEach(id => seen.add(id))
    level = await dirtyOnes(db, wanted)
    found.push(...level)
  }
  return parentsFirst(found)
}

async function dirtyOnes(db: Database, ids: readonly string[]): Promise<Stored[]> {
  const byCollection = Map.groupBy(ids, collectionOfId)
  const found = await Promise.all([...byCollection].map(([collection, some]) => db[collection].findByIds(some).exec()))
  return found.flatMap(documents => [...documents.values()].map(document => document.toJSON() as Stored)).filter(stored => stored.dirty)
}
