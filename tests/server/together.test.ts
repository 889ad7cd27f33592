import type { Ask } from './together/calls.ts'
import type { Place, Scene } from './together/scene.ts'
import type { Seen } from './together/story.ts'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { anAgent } from '../support/agent.ts'
import { call, everyAsk } from './together/calls.ts'
import { isShownTo } from './together/mandate.ts'
import { aPlace, aScene, shownIn } from './together/scene.ts'
import { live, story } from './together/story.ts'

/**
 * Stories of a few dozen steps each, from a seed: `TOGETHER_RUNS=500 TOGETHER_SEED=7` lives more of them, and others.
 * One that fails is printed with its seed, as short as it could be made.
 */
const numRuns = Number(process.env.TOGETHER_RUNS ?? 12)
const seed = Number(process.env.TOGETHER_SEED ?? 1)

const fieldsOfIds = ['kpi', 'todo', 'contract', 'handoff'] as const
/** What anybody may ask for, with a key or with nothing. */
const isForAll = (path: string) => ['/api/health', '/api/account/me', '/api/account/sign-out', '/api/settings/sign-up'].includes(path)

const at = {} as { place: Place, far: Scene, asks: Ask[] }
beforeAll(async () => {
  at.place = await aPlace()
  at.far = await aScene(at.place, '.far')
  at.asks = await everyAsk(at.place, at.far.keys[0] ?? { seat: '', secret: '', id: '' })
})
afterAll(() => at.place.server.close())

it('no sequence of edits, merges and agent calls leaves a seat without an owner, an agent owned by an agent, a light out unflagged, a seat hidden by a circle, or a key outside its seat', async () => {
  const seen: Seen = new Map()
  await fc.assert(fc.asyncProperty(story, async (steps) => {
    const scene = await aScene(at.place)
    expect(await live({ ...at, scene, seen }, steps)).toEqual([])
  }), { numRuns, seed })
  if (process.env.TOGETHER_RUNS)
    console.warn(Object.fromEntries([...seen].sort()))
  for (const what of ['promoted', 'flagged', 'taken move', 'not-allowed', 'told not-yours', 'told seat-stopped', 'told key'])
    expect([what, seen.get(what) ?? 0]).not.toEqual([what, 0])
}, 3_600_000)

it('every route and every tool, told of what is another seat\'s, another team\'s, another company\'s or nobody\'s, refuses and changes nothing', async () => {
  const scene = await aScene(at.place)
  const docs = await scene.docs()
  const ids = [...docs.keys(), ...(await at.far.docs()).keys(), 'nowhere']
  const state = async () => JSON.stringify([...(await scene.docs()).values(), ...(await at.far.docs()).values()])
  const before = await state()
  const asks = at.asks.filter(ask => fieldsOfIds.some(field => ask.fields.includes(field)))
  const told: string[] = []
  for (const ask of asks) {
    for (const key of scene.keys) {
      for (const { field, id } of foreignTo(key.seat, ask, ids, docs)) {
        const said = Object.entries({ period: '2026-W46', value: 7, reason: 'Not complete', title: 'One line', [field]: id }).filter(([name]) => ask.fields.includes(name))
        const { done, code } = await call(scene, key, ask, Object.fromEntries(said))
        told.push(`${ask.by} ${ask.name} ${done ? `takes ${id}` : code}`)
      }
    }
  }
  expect([...new Set(told)]).toEqual(asks.map(({ by, name }) => `${by} ${name} not-yours`))
  expect(asks.length).toBeGreaterThan(10)
  expect(await state()).toBe(before)
})

/** What this seat may not name in this call. */
function foreignTo(seat: string, { fields }: Ask, ids: readonly string[], docs: Awaited<ReturnType<Scene['docs']>>): { field: string, id: string }[] {
  return fieldsOfIds.filter(field => fields.includes(field)).flatMap((field) => {
    const kind = field === 'handoff' ? 'delivery' : field
    const isOwn = (id: string) => kind === 'contract' ? docs.get(id)?.body.from === seat : isShownTo(seat, docs, id)
    return ids.filter(id => (id === 'nowhere' || id.split('_')[0] === kind) && !isOwn(id)).map(id => ({ field, id }))
  })
}

it('a key opens none of the routes people come in by', async () => {
  const scene = await aScene(at.place)
  const [key] = scene.keys
  const agent = anAgent(at.place.server.url, key?.secret ?? '')
  Object.assign(agent.headers, { 'x-org': scene.org, 'x-member': 'ada' })
  const routes = personRoutes()
  expect(routes.length).toBeGreaterThan(20)
  const before = JSON.stringify([...(await scene.docs()).values()])
  for (const { method, path } of routes) {
    const full = path.replace(':org', scene.org).replace(':seat', key?.seat ?? '').replace(':member', 'ben').replaceAll(/:\w+/g, 'kpi_a')
    const told = await agent.fetch(full, { method, ...method !== 'GET' && { body: '{}', headers: { 'content-type': 'application/json' } } })
    expect([method, path, told.status]).toEqual([method, path, expect.toSatisfy((status: number) => status >= 400 || isForAll(path))])
    expect([path, shownIn(await told.text())]).toEqual([path, []])
  }
  expect(JSON.stringify([...(await scene.docs()).values()])).toBe(before)
})

/** Every route of the server's own code but the agents', so that a new one is asked too. */
function personRoutes(): { method: string, path: string }[] {
  const server = join(import.meta.dirname, '../../server')
  const files = ['http', 'sync'].flatMap(folder => readdirSync(join(server, folder)).map(name => [folder, name] as const))
  return files.flatMap(([folder, name]) => {
    const under = folder === 'sync' ? '/api/sync' : name === 'account.ts' ? '/api/account' : '/api'
    const text = readFileSync(join(server, folder, name), 'utf8')
    return [...text.matchAll(/router\.(get|post|put|delete)\('(\/[^']*)'/g)].map(([, method = '', path = '']) => ({ method: method.toUpperCase(), path: under + path.replace(/^\/sync/, '') }))
  })
}
