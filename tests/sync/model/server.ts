import type { Response } from 'express'
import type { Kind } from '#shared/record/envelope.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { RowAnswer, WireDoc } from '#shared/sync/wire.ts'
import type { Actor } from '../../../server/sync/actor.ts'
import type { SyncDeps } from '../../../server/sync/sync.ts'
import type { ModelStore } from './store.ts'
import type { Time } from './time.ts'
import { pullSchema, pushSchema } from '#shared/sync/protocol.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { commit } from '../../../server/sync/commit.ts'
import { digest, pull } from '../../../server/sync/pull.ts'
import { openStream } from '../../../server/sync/stream.ts'
import { createSync } from '../../../server/sync/sync.ts'
import { openOrg, writeAsServer } from '../../../server/sync/writeAsServer.ts'
import { anEventAnswer } from '../../support/eventAnswer.ts'

/** A row the server answered, whether or not its writer ever heard. */
export interface Answered { by: string, row: Patch, answer: RowAnswer }

export interface ModelServer {
  org: string
  deps: SyncDeps
  answered: Answered[]
  /** Another's ballot in what was sent while its round was open. */
  leaks: string[]
  ask: (actor: Actor, path: string, body: string) => Promise<{ status: number, text: string }>
  listen: (actor: Actor, out: (text: string) => void, end: () => void) => Promise<Response>
  /** A new process over the same store, its clock off by so much; the streams break off. */
  restart: (offset: number) => void
  beat: () => void
}

const heartbeat = 20_000
const people = { ada: 'admin', ben: 'manager', cleo: 'member' } as const

/** The server's own functions, as its routes call them, for one company of three with a chart, a number and an issue. */
export async function createModelServer({ store, db }: ModelStore, org: string, time: Time): Promise<ModelServer> {
  const boot = (count: number, offset: number): SyncDeps => {
    const now = () => time.now() + offset
    return { ...createSync({ store, now }), clock: createClock(now, `serv${String(count).padStart(2, '0')}`), newEpoch: () => 'epoch' }
  }
  const lines = new Set<() => void>()
  let boots = 0
  const server: ModelServer = {
    org,
    deps: boot(0, 0),
    answered: [],
    leaks: [],
    ask: async (actor, path, text) => {
      try {
        const answer = await answerTo(server, actor, path, text === '' ? {} : JSON.parse(text))
        await watch(answer.docs, actor.member)
        return { status: 200, text: JSON.stringify(answer.said) }
      }
      catch {
        return { status: 500, text: JSON.stringify({ code: 'internal' }) }
      }
    },
    listen: async (actor, out, end) => {
      const res = anEventAnswer({
        end,
        write: (text) => {
          const docs = (JSON.parse(text.slice(6)) as { docs?: WireDoc[] }).docs ?? []
          if (docs.some(doc => doc.kind === 'ballot'))
            void watch(docs, actor.member)
          out(text)
        },
      })
      const cut = () => res.end()
      lines.add(cut)
      res.once('close', () => lines.delete(cut))
      await openStream(server.deps, { ...actor, session: actor.member }, res)
      return res
    },
    restart: (offset) => {
      server.deps = boot(++boots, offset)
      lines.forEach(cut => cut())
    },
    beat: () => {
      server.deps.hub.heartbeat()
      time.after(heartbeat, server.beat)
    },
  }
  async function watch(docs: readonly WireDoc[], member: string) {
    for (const doc of docs.filter(({ kind, id, deleted }) => kind === 'ballot' && !deleted && !id.endsWith(`:${member}`))) {
      const [round] = await db.selectFrom('doc').select('body').where('org', '=', org).where('id', '=', String(doc.d.round)).execute()
      if ((JSON.parse(round?.body ?? '{}') as { state?: string }).state !== 'closed')
        server.leaks.push(`${doc.id} to ${member}`)
    }
  }
  await openOrg(server.deps, org)
  await writeAsServer(server.deps, org, 'ada', [...founded(org)])
  server.beat()
  return server
}

async function answerTo({ deps, answered }: ModelServer, actor: Actor, path: string, body: unknown): Promise<{ said: object, docs: WireDoc[] }> {
  if (path.endsWith('/push')) {
    const { rows } = pushSchema.parse(body)
    const said = await commit(deps, actor, rows)
    rows.forEach((row, n) => answered.push({ by: actor.member, row, answer: said.rows[n] as RowAnswer }))
    return { said, docs: said.rows.flatMap(({ doc }) => doc ?? []) }
  }
  if (path.endsWith('/digest'))
    return { said: await digest(deps, actor), docs: [] }
  const said = await pull(deps, actor, pullSchema.parse(body))
  return { said, docs: said.reset ? [] : Object.values(said.pages).flatMap(page => page.docs) }
}

function* founded(org: string): Generator<{ id: string, kind: Kind, set: Record<string, unknown> }> {
  for (const [id, role] of Object.entries(people))
    yield { id, kind: 'member', set: { name: id, role, state: 'active' } }
  yield { id: org, kind: 'org', set: { name: 'Acme', timeZone: 'Europe/Berlin', weekStart: 1, yearStart: 1, currency: 'EUR', accountable: 'ada' } }
  yield { id: 'head', kind: 'seat', set: { kind: 'human', title: 'Head', accountability: 'All of it', holder: 'ben' } }
  yield { id: 'desk', kind: 'seat', set: { kind: 'human', title: 'Desk', accountability: 'Some of it', holder: 'cleo', reportsTo: 'head' } }
  yield { id: 'team', kind: 'team', set: { 'name': 'Ops', 'seat/head': true, 'seat/desk': true } }
  yield { id: 'kpi', kind: 'kpi', set: { seat: 'desk', title: 'Calls', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' } }
  yield { id: 'issue', kind: 'issue', set: { title: 'Late parts', state: 'open', horizon: 'now', raisedBy: 'ada', raisedAt: 1 } }
  yield { id: 'round', kind: 'round', set: { team: 'team', state: 'open', issues: ['issue'], voters: ['ada', 'ben', 'cleo'], dots: 3, cap: 3, openedBy: 'ada', openedAt: 1 } }
}
