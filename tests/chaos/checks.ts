import type { Ack } from './ledger.ts'
import type { DocLine, LogLine, StoreView } from './storeView.ts'
import { isAhead } from '#shared/sync/stamp.ts'
import { undertaker } from './changes.ts'

/** A record as a phone shows it: id, name of the content, and the content as text. */
export type Held = readonly [id: string, v: string, body: string]

export const textOf = (body: object) => JSON.stringify(Object.entries(body).sort(([a], [b]) => a < b ? -1 : 1))

/** What a member's phone must show, from the database itself. */
export function visibleTo({ docs }: StoreView, member: string): Held[] {
  return docs.filter(doc => !doc.deleted && (doc.audience === '' || doc.audience === member)).map(({ id, v, body }) => [id, v, textOf(body)])
}

/** The first record two sets do not agree on, in words. */
export function differenceOf(mine: readonly Held[], servers: readonly Held[]): string | undefined {
  const [here, there] = [new Map(mine.map(held => [held[0], held])), new Map(servers.map(held => [held[0], held]))]
  for (const id of [...new Set([...here.keys(), ...there.keys()])].sort()) {
    const [a, b] = [here.get(id), there.get(id)]
    if (!a || !b)
      return `${id} is ${a ? 'here and not on the server' : 'on the server and not here'}`
    if (a[2] !== b[2])
      return `${id} is here ${a[1]} ${a[2]} and on the server ${b[1]} ${b[2]}`
    if (a[1] !== b[1])
      return `${id} has the same content under two names: here ${a[1]}, on the server ${b[1]}`
  }
  return undefined
}

/** Everything that is wrong with what the database holds, given what was promised. */
export function faultsOf(view: StoreView, acks: readonly Ack[], now: number): string[] {
  const logs = Map.groupBy(view.log, line => line.id)
  const docs = new Map(view.docs.map(doc => [doc.id, doc]))
  return [
    ...gapsOf(view),
    ...view.docs.flatMap(doc => rebuiltWrong(doc, logs.get(doc.id) ?? [])),
    ...[...logs].flatMap(([id, lines]) => [...cameBack(id, lines), ...roseAgain(id, lines, docs.get(id))]),
    ...view.docs.flatMap(doc => fromTheFuture(doc, now)),
    ...acks.flatMap(ack => forgotten(ack, docs.get(ack.id), logs.get(ack.id) ?? [])),
  ]
}

function gapsOf({ head, log }: StoreView): string[] {
  const wrong = log.findIndex(({ seq }, n) => seq !== n + 1)
  if (wrong >= 0)
    return [`the log has number ${log[wrong]?.seq} in place ${wrong + 1}`]
  return log.length === head ? [] : [`the log ends at ${log.length} and the counter stands at ${head}`]
}

/** A stamp too far ahead is refused, never kept. */
function fromTheFuture({ id, stamps }: DocLine, now: number): string[] {
  const ahead = Object.entries(stamps).find(([, stamp]) => isAhead(stamp, now))
  return ahead ? [`${id} ${ahead[0]}: the stamp ${ahead[1]} is more than a minute in the future`] : []
}

/** The log alone must give the record. */
function rebuiltWrong(doc: DocLine, lines: readonly LogLine[]): string[] {
  let body: Record<string, unknown> = {}
  for (const { set, by } of lines) {
    if (by === undertaker)
      body = {}
    for (const [field, [value]] of Object.entries(set)) {
      if (value === null)
        delete body[field]
      else
        body[field] = value
    }
  }
  if (textOf(body) !== textOf(doc.body))
    return [`${doc.id}: the log gives ${textOf(body)}, the record is ${textOf(doc.body)}`]
  const last = lines.at(-1)
  return last?.v === doc.v && last.seq === doc.seq ? [] : [`${doc.id}: the log ends at ${last?.seq} ${last?.v}, the record is ${doc.seq} ${doc.v}`]
}

/** Fields whose values are unique to one writing, so that one seen twice with another between came back. */
const isUnique = (field: string) => ['title', 'name', 'detail', 'note', 'accountability', 'decision', 'text', 'waitsFor', 'passes', 'onMiss', 'returnReason', 'steps'].includes(field) || field.startsWith('cell/')

function cameBack(id: string, lines: readonly LogLine[]): string[] {
  const past = new Map<string, string[]>()
  const found: string[] = []
  for (const { set } of lines) {
    for (const [field, [value]] of Object.entries(set)) {
      const text = JSON.stringify(value)
      const before = past.get(field) ?? []
      if (isUnique(field) && value !== null && before.includes(text))
        found.push(`${id} ${field}: ${text} came back after ${before.at(-1)}`)
      past.set(field, [...before, text])
    }
  }
  return found
}

/** What was ended stays so. */
function roseAgain(id: string, lines: readonly LogLine[], doc: DocLine | undefined): string[] {
  const end = lines.find(({ by }) => by === undertaker)
  const isBack = end && (lines.some(({ seq, set }) => seq > end.seq && Object.keys(set).length > 0) || doc?.deleted === false)
  return isBack ? [`${id} was ended at ${end.seq}, and lives`] : []
}

/** What was taken stands, or gave way to a newer stamp, or is in the log as replaced; and the log knows of it. */
function forgotten({ id, field, value, stamp }: Ack, doc: DocLine | undefined, lines: readonly LogLine[]): string[] {
  const names = id.startsWith('ballot:') && field === 'dots' ? ['dots', 'late'] : [field]
  const wasLost = lines.some(({ lost }) => names.some(name => lost[name]?.[1] === stamp))
  const isKnown = names.some(name => (doc?.stamps[name] ?? '') >= stamp)
  const isEnded = lines.some(({ by }) => by === undertaker)
  if (!wasLost && !isKnown && !isEnded)
    return [`${id} ${field}: ${JSON.stringify(value)} was taken as ${stamp} and is gone`]
  const text = JSON.stringify(value)
  const isLogged = wasLost || value === null || lines.some(({ set }) => names.some(name => set[name]?.[1] === stamp || JSON.stringify(set[name]?.[0]) === text))
  if (!isLogged)
    return [`${id} ${field}: ${text} was taken as ${stamp} and is not in the log`]
  const stands = !isEnded && names.some(name => doc?.stamps[name] === stamp)
  const differs = !names.some(name => JSON.stringify(doc?.body[name] ?? null) === text)
  // Of states the one further on stands, whichever stamp is newer.
  return stands && differs && !wasLost && field !== 'state' ? [`${id} ${field}: stamp ${stamp} stands over another value than ${text}`] : []
}
