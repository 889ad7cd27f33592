import type { WireDoc } from '#shared/sync/wire.ts'
import type { Change, StoredDoc } from '../../../server/store/port.ts'
import type { Model } from './model.ts'
import type { ModelPhone } from './phone.ts'
import type { Answered } from './server.ts'
import { maxAhead, stampTime } from '#shared/sync/stamp.ts'
import { commit } from '../../../server/sync/commit.ts'
import { pull } from '../../../server/sync/pull.ts'

/** All that is wrong once everything is delivered; nothing where all is well. */
export async function refuseOutcome(model: Model): Promise<string[]> {
  const { docs, changes, head } = await written(model)
  return [
    ...(await Promise.all(model.phones.map(phone => refuseReplica(model, phone)))).flat(),
    ...refuseSequence(changes, head),
    ...refuseRebuild(docs, changes),
    ...refuseReturns(changes),
    ...refuseFuture(changes),
    ...refuseLosses(model, docs, changes),
    ...model.phones.flatMap(phone => [...phone.wrongs, ...refuseUnheard(phone, changes)]),
    ...model.server.leaks.map(leak => `[B1] seen before the close: ${leak}`),
    ...await refuseRepeat(model, changes),
  ]
}

/** Everything the store holds of the company, the history in its order. */
export async function written({ store: { store, db }, server: { org } }: Model) {
  const ids = await db.selectFrom('doc').select('id').where('org', '=', org).orderBy('id').execute()
  const lines = await db.selectFrom('change_log').selectAll().where('org', '=', org).orderBy('seq').execute()
  return {
    docs: await store.read(tx => tx.docs(org, ids.map(({ id }) => id))),
    changes: lines.map(({ seq, id, v, author, at, fields, lost }): Change => ({ seq, id, v, by: author, at, set: JSON.parse(fields), lost: JSON.parse(lost) })),
    head: (await store.read(tx => tx.orgSync(org)))?.seq ?? 0,
  }
}

type Line = readonly [id: string, text: string]
const line = ({ id, v, d }: Pick<WireDoc, 'id' | 'v' | 'd'>): Line => [id, JSON.stringify([v, Object.entries(d).sort(([a], [b]) => a < b ? -1 : 1)])]

async function refuseReplica({ server: { deps } }: Model, { actor, rows, state }: ModelPhone): Promise<string[]> {
  const answer = await pull(deps, actor, { epoch: '', limit: 2000, since: { records: 0, scores: 0 } })
  const shown = new Map(answer.reset ? [] : Object.values(answer.pages).flatMap(page => page.docs).filter(doc => !doc.deleted).map(line))
  const held = new Map(rows().map(line))
  return [
    ...state.value.connection === 'online' ? [] : [`[L4] ${actor.member} is ${state.value.connection}`],
    ...rows().filter(row => row.dirty).map(({ id }) => `[P7] ${actor.member} still has to send ${id}`),
    ...[...new Set([...shown.keys(), ...held.keys()])].filter(id => shown.get(id) !== held.get(id)).map(id => `[O1] ${actor.member} has ${id} as ${held.get(id)} and not as ${shown.get(id)}`),
  ]
}

function refuseSequence(changes: readonly Change[], head: number): string[] {
  const wrong = changes.find(({ seq }, n) => seq !== n + 1)
  return wrong || changes.length !== head ? [`[S1] the sequence ends at ${head} and breaks at ${wrong?.seq ?? changes.length + 1}`] : []
}

function refuseRebuild(docs: readonly StoredDoc[], changes: readonly Change[]): string[] {
  const built = new Map<string, { v: string, seq: number, d: Record<string, unknown> }>()
  for (const { id, v, seq, set } of changes) {
    const d = { ...built.get(id)?.d, ...Object.fromEntries(Object.entries(set).map(([field, [value]]) => [field, value])) }
    built.set(id, { v, seq, d: Object.fromEntries(Object.entries(d).filter(([, value]) => value !== null)) })
  }
  return docs.filter(({ id, v, seq, body }) => {
    const made = built.get(id)
    return made?.seq !== seq || line({ id, ...made })[1] !== line({ id, v, d: body })[1]
  }).map(({ id }) => `[S6] the log does not build ${id}`)
}

/** Words belong to one writing each: a word seen twice with another between came back. */
const isWord = (value: unknown) => typeof value === 'string' ? /^w\d+$/.test(value) : typeof (value as { note?: unknown } | null)?.note === 'string'

function refuseReturns(changes: readonly Change[]): string[] {
  const past = new Set<string>()
  return changes.flatMap(({ id, set }) => Object.entries(set).flatMap(([field, [value]]) => {
    const writing = JSON.stringify([id, field, value])
    const wrong = isWord(value) && past.has(writing) ? [`[O1] came back: ${writing}`] : []
    past.add(writing)
    return wrong
  }))
}

const wasTaken = ({ answer }: Answered) => !answer.later && (!answer.refused || answer.refused.code === 'needs-decision')

/** The server's own clock may be set back by seconds between two of its runs. */
const serverBack = 10_000

function refuseFuture(changes: readonly Change[]): string[] {
  return changes.flatMap(({ id, at, set }) => Object.entries(set).filter(([, [, stamp]]) => stampTime(stamp) > at + maxAhead + serverBack).map(([field, [, stamp]]) => `[C1] of the future: ${id} ${field} ${stamp}`))
}

/** Every field the server took stands, was superseded by a newer one, or is in the log as replaced. */
function refuseLosses({ server: { answered } }: Model, docs: readonly StoredDoc[], changes: readonly Change[]): string[] {
  const byId = new Map(docs.map(doc => [doc.id, doc]))
  const lost = new Set(changes.flatMap(({ id, lost: values }) => Object.values(values).map(([, stamp]) => `${id} ${stamp}`)))
  return answered.filter(wasTaken).flatMap(({ row }) => {
    const { body = {}, stamps = {} } = byId.get(row.id) ?? {}
    return Object.entries(row.set).filter(([field, [value, stamp]]) => {
      const names = row.kind === 'ballot' && field === 'dots' ? ['dots', 'late'] : [field]
      const stands = names.some(name => stamps[name] === stamp && JSON.stringify(body[name] ?? null) === JSON.stringify(value))
      // Of two states the rule decides, not the stamp, and nobody's own state loses to them.
      const ruled = row.kind === 'issue' && field === 'state' && changes.some(({ id, set }) => id === row.id && set.state && set.state[1] !== stamp)
      return !stands && !ruled && !names.some(name => (stamps[name] ?? '') > stamp) && !lost.has(`${row.id} ${stamp}`)
    }).map(([field]) => `[M3] taken and gone: ${row.id} ${field} ${JSON.stringify(row.set[field])}`)
  })
}

/** Every word typed came to the server, waits in the list of what did not stand, or was typed over before it left. */
function refuseUnheard({ actor, typed, kept }: ModelPhone, changes: readonly Change[]): string[] {
  const heard = new Set(changes.flatMap(({ id, set, lost }) => [...Object.entries(set), ...Object.entries(lost)].map(([field, [value]]) => JSON.stringify([id, field, value]))))
  for (const { record, fields } of kept.values())
    Object.entries(fields).forEach(([field, value]) => heard.add(JSON.stringify([record, field, value])))
  return typed.filter(({ id, field, value }, n) => isWord(value)
    && !heard.has(JSON.stringify([id, field, value]))
    && !typed.slice(n + 1).some(later => later.id === id && later.field === field))
    .map(({ id, field, value }) => `[P7] never heard of: ${actor.member}'s ${id} ${field} ${JSON.stringify(value)}`)
}

/**
 * All that was taken is pushed once more, the newest first. A value equal to what stood is not in the log; sent again
 * after somebody moved on it counts as written apart, so such rows stay out.
 */
async function refuseRepeat(model: Model, changes: readonly Change[]): Promise<string[]> {
  const { deps, answered } = model.server
  const logged = new Set(changes.flatMap(({ id, set, lost }) => [...Object.entries(set), ...Object.entries(lost)].map(([field, [, stamp]]) => `${id} ${field} ${stamp}`)))
  const isLogged = ({ row: { id, set } }: Answered) => Object.entries(set).every(([field, [, stamp]]) => logged.has(`${id} ${field} ${stamp}`) || logged.has(`${id} late ${stamp}`))
  const before = await written(model)
  const again = answered.filter(one => wasTaken(one) && isLogged(one)).reverse()
  for (const { actor } of model.phones.slice(0, 3))
    await commit(deps, actor, again.filter(({ by }) => by === actor.member).map(({ row }) => row))
  const after = await written(model)
  return [
    ...after.changes.slice(before.changes.length).map(change => `[P1] pushed once more, it wrote ${JSON.stringify(change)}`),
    ...after.docs.filter((doc, n) => JSON.stringify(doc) !== JSON.stringify(before.docs[n])).map(doc => `[P1] pushed once more, it changed ${JSON.stringify(doc)}`),
  ]
}
