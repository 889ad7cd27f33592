import type { Dice } from './dice.ts'
import type { AgentKey, Place, Scene } from './scene.ts'
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { anAgent } from '../../support/agent.ts'

interface Property { type?: string, enum?: unknown[] }
interface Described { operationId: string, parameters?: { name: string, schema: Property }[], requestBody?: { content: Record<string, { schema: { properties?: Record<string, Property> } }> } }

/** One thing an agent may ask for, as it is published, with the names of what is to be said with it. */
export interface Ask { by: 'rest' | 'mcp', name: string, fields: string[], method?: string, path?: string }
/** What came back: whether it was done, else the code of the refusal; and every word of it. */
export interface Told { done: boolean, code?: string, text: string }

/** Every route of the published description and every tool of the published list. */
export async function everyAsk({ server }: Place, key: AgentKey): Promise<Ask[]> {
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json() as { paths: Record<string, Record<string, Described>> }
  const routes = Object.entries(document.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, { operationId, parameters = [], requestBody }]): Ask => {
    const body = requestBody?.content['application/json']?.schema.properties ?? {}
    return { by: 'rest', name: operationId, method, path, fields: [...parameters.map(({ name }) => name), ...Object.keys(body)] }
  }))
  const client = await connect(server.url, key)
  const { tools } = await client.listTools()
  await client.close()
  return [...routes, ...tools.map(({ name, inputSchema }): Ask => ({ by: 'mcp', name, fields: Object.keys(inputSchema.properties ?? {}) }))]
}

/** What may be said in each field: what is one's own, what is not, and what is nowhere. */
const pools: Record<string, (ids: string[], dice: Dice) => unknown> = {
  kpi: (ids, dice) => dice.one(ids),
  todo: (ids, dice) => dice.one(ids),
  contract: (ids, dice) => dice.one(ids),
  handoff: (ids, dice) => dice.one(ids),
  period: (_ids, dice) => dice.one(['2026-W46', '2026-W47', '2026-W45', '2026-11', '2026-W48', 'now']),
  value: (_ids, dice) => dice.one<unknown>([7, 12, 0, 'many']),
  evidence: (_ids, dice) => dice.one<unknown>(['From the list', undefined]),
  reason: (_ids, dice) => dice.one<unknown>(['Not complete', undefined]),
  title: () => 'One line',
  detail: (_ids, dice) => dice.one<unknown>(['More', undefined]),
  urgency: (_ids, dice) => dice.one<unknown>(['today', undefined]),
  requestId: (_ids, dice) => dice.one<unknown>(['once', undefined]),
}
const prefixes: Record<string, string> = { kpi: 'kpi_', todo: 'todo_', contract: 'contract_', handoff: 'delivery_' }
const needed = ['title', 'kpi', 'period', 'value', 'todo', 'contract', 'handoff']

/** Words for every field, of ids in this company and in another one. */
export function argumentsOf({ fields, name }: Ask, ids: readonly string[], dice: Dice): Record<string, unknown> {
  const said = fields.map((field): [string, unknown] => {
    const pool = pools[field]
    if (!pool)
      throw new Error(`${name} asks for ${field}: say here what may be said in it`)
    const fitting = ids.filter(id => id.startsWith(prefixes[field] ?? '-'))
    const isLeftOut = !needed.includes(field) || name === 'raise_issue' ? field !== 'title' && field !== 'reason' && dice.below(2) === 1 : false
    return [field, isLeftOut ? undefined : pool([...fitting, 'nowhere'], dice)]
  })
  return Object.fromEntries(said.filter(([, value]) => value !== undefined))
}

function connect(url: string, { secret }: Pick<AgentKey, 'secret'>): Promise<Client> {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: { pin: '2026-07-28' } } })
  return client.connect(new StreamableHTTPClientTransport(new URL(`${url}/mcp`), { requestInit: { headers: { authorization: `Bearer ${secret}` } } })).then(() => client)
}

export async function call(scene: Scene, key: AgentKey, ask: Ask, said: Record<string, unknown>): Promise<Told> {
  if (ask.by === 'mcp')
    return callTool(scene, key, ask, said)
  const agent = anAgent(scene.place.server.url, key.secret)
  const path = `/api/v1${(ask.path ?? '').replaceAll(/\{(\w+)\}/g, (_, part: string) => encodeURIComponent(String(said[part])))}`
  const body = Object.fromEntries(Object.entries(said).filter(([field]) => !ask.path?.includes(`{${field}}`)))
  const { status, body: told } = ask.method === 'get' ? await agent.get(path) : ask.method === 'put' ? await agent.put(path, body) : await agent.post(path, body)
  return { done: status === 200, code: told.code as string | undefined, text: JSON.stringify(told) }
}

async function callTool(scene: Scene, key: AgentKey, { name }: Ask, said: Record<string, unknown>): Promise<Told> {
  const { clients, server } = scene.place
  try {
    const client = clients.get(key.secret) ?? await connect(server.url, key)
    clients.set(key.secret, client)
    const { isError, structuredContent } = await client.callTool({ name, arguments: said })
    return { done: !isError, code: (structuredContent as { code?: string } | undefined)?.code, text: JSON.stringify(structuredContent) }
  }
  catch (error) {
    return { done: false, code: 'closed', text: String(error) }
  }
}
