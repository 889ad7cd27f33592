import type { Patch } from '#shared/sync/protocol.ts'
import type { PushAnswer } from '#shared/sync/wire.ts'

/** What the store holds of one company, as it says itself. */
export interface Books {
  head: number
  docs: { id: string, seq: number, body: Record<string, unknown> }[]
  changes: { seq: number, id: string, set: Fields, lost: Fields }[]
}
type Fields = Record<string, [value: unknown, stamp: string, ...more: unknown[]]>

/** Everything that was sent, and which of it the server said is saved. */
export interface Ledger {
  send: (rows: readonly Patch[]) => void
  /** Answers how many rows were refused. */
  acknowledge: (rows: readonly Patch[], answer: PushAnswer) => number
  acknowledged: () => number
  /** What does not agree with the store's books, in sentences; nothing where no promise was broken. */
  audit: (books: Books) => string[]
}

const nameOf = (id: string, field: string, stamp: string) => `${id} ${field} of ${stamp}`
const written = (id: string, fields: Fields) => Object.entries(fields).map(([field, [value, stamp]]) => [nameOf(id, field, stamp), JSON.stringify(value)] as const)

export function aLedger(): Ledger {
  const sent = new Map<string, string>()
  const promised = new Set<string>()
  return {
    send: rows => rows.flatMap(row => written(row.id, row.set)).forEach(([name, value]) => sent.set(name, value)),
    acknowledge: (rows, answer) => {
      const taken = rows.filter((_, n) => !answer.rows[n]?.refused && !answer.rows[n]?.later)
      taken.flatMap(row => written(row.id, row.set)).forEach(([name]) => promised.add(name))
      return rows.length - taken.length
    },
    acknowledged: () => promised.size,
    audit: (books) => {
      const kept = new Map(books.changes.flatMap(change => [...written(change.id, change.set), ...written(change.id, change.lost)]))
      const lost = [...promised].filter(name => kept.get(name) !== sent.get(name))
      return [...lost.map(name => `acknowledged and lost: ${name}`), ...refuseSequence(books), ...refuseState(books)]
    },
  }
}

/** Whether every number of the company has its one line. */
function refuseSequence({ head, changes }: Books): string[] {
  const numbers = new Set(changes.map(change => change.seq))
  const missing = Array.from({ length: head }, (_, n) => n + 1).filter(seq => !numbers.has(seq))
  const beyond = changes.filter(change => change.seq > head)
  return [...missing.map(seq => `number ${seq} of ${head} has no line in the log`), ...beyond.map(change => `line ${change.seq} lies beyond ${head}`)]
}

/** Whether the log builds every record as it stands. */
function refuseState({ docs, changes }: Books): string[] {
  const built = new Map<string, { seq: number, body: Map<string, unknown> }>()
  for (const { id, seq, set } of [...changes].sort((a, b) => a.seq - b.seq)) {
    const { body } = built.get(id) ?? { body: new Map<string, unknown>() }
    Object.entries(set).forEach(([field, [value]]) => value === null ? body.delete(field) : body.set(field, value))
    built.set(id, { seq, body })
  }
  const plain = (body: Iterable<[string, unknown]>) => JSON.stringify([...body].sort(([a], [b]) => a < b ? -1 : 1))
  const wrong = docs.filter(doc => plain(Object.entries(doc.body)) !== plain(built.get(doc.id)?.body ?? []) || doc.seq !== built.get(doc.id)?.seq)
  const absent = [...built.keys()].filter(id => !docs.some(doc => doc.id === id))
  return [...wrong.map(doc => `${doc.id} is not what its history says`), ...absent.map(id => `${id} is in the history alone`)]
}
