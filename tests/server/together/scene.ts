import type { Client } from '@modelcontextprotocol/client'
import type { Role } from '#shared/record/member.ts'
import type { Deps } from '../../../server/domain/deps.ts'
import type { StoredDoc } from '../../../server/store/port.ts'
import type { TestServer } from '../../support/server.ts'
import type { Person } from './person.ts'
import { createAuth } from '../../../server/auth/auth.ts'
import { makeKey } from '../../../server/domain/agentKeys.ts'
import { createSync } from '../../../server/sync/sync.ts'
import { openOrg, writeAsServer } from '../../../server/sync/writeAsServer.ts'
import { startServer } from '../../support/server.ts'
import { bots, founding, roles, secretOf } from './founding.ts'
import { aPersonAt } from './person.ts'

/** A server at a time the test sets, companies on it, and the clients agents have open, by key. */
export interface Place { server: TestServer, deps: Deps, time: { now: number }, count: number, clients: Map<string, Client> }

/** One company: who writes in it, and the keys its agents come in with. */
export interface Scene {
  place: Place
  org: string
  people: Person[]
  keys: AgentKey[]
  docs: () => Promise<Map<string, StoredDoc>>
}

export interface AgentKey { seat: string, secret: string, id: string, isRevoked?: boolean }

const start = Date.UTC(2026, 10, 18, 9)
const noLimit: [number, number] = [1_000_000, 60]

export async function aPlace(): Promise<Place> {
  const time = { now: start }
  const now = () => time.now
  const server = await startServer({ now, limits: { key: noLimit, stranger: noLimit, raise: noLimit, send: noLimit, person: noLimit } })
  const { store } = server
  const auth = await createAuth({ accounts: store.accounts, secret: 'a secret for tests that is long enough', now })
  return { server, deps: { store, auth, sync: createSync({ store, now }), now }, time, count: 0, clients: new Map() }
}

/** A company with a person of each role, two agents in two teams, and work of each; `far` ends the ids of its work. */
export async function aScene(place: Place, far = ''): Promise<Scene> {
  const { deps, time } = place
  const org = `org_${++place.count}`
  const admin = { org, member: 'ada', role: 'admin' } as const
  await openOrg(deps.sync, org)
  await writeAsServer(deps.sync, org, 'ada', founding(org, far, time.now))
  const keys: AgentKey[] = []
  for (const seat of bots) {
    const { key, made } = await makeKey(deps, admin, `${seat}${far}`, { label: 'one', scope: 'all' })
    keys.push({ seat: `${seat}${far}`, secret: key, id: made.id })
  }
  const docs = async () => new Map((await deps.store.read(async tx => [...await tx.docsSince(org, 'records', 0, 10_000), ...await tx.docsSince(org, 'scores', 0, 10_000)])).map(doc => [doc.id, doc]))
  const people = (Object.keys(roles) as (keyof typeof roles)[]).map(member => aPersonAt(place, org, member, docs))
  return { place, org, people, keys, docs }
}

/** Ids some reader may not see of what it was shown, by the words everything in a company carries. */
export function shownIn(text: string): string[] {
  return [...new Set([...text.matchAll(secretOf)].map(([, id = '']) => id))]
}

export const roleOf = (doc: StoredDoc | undefined) => doc?.kind === 'member' && doc.body.state !== 'left' ? doc.body.role as Role : undefined
