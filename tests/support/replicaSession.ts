import { readFileSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import { getRxStorageLocalstorage } from 'rxdb/plugins/storage-localstorage'
import { combineLatest, filter, firstValueFrom, timeout } from 'rxjs'
import { openReplica } from '../../client/db/open.ts'

/** What one session of an app does, in a process of its own: its clock may stand anywhere, its storage is a file. */
export interface Session {
  url: string
  headers: Record<string, string>
  file: string
  /** Added to the machine's clock, ms. */
  offset: number
  online: boolean
  edits: { id: string, fields: Record<string, unknown> }[]
}

const session = JSON.parse(process.argv[2] ?? '') as Session
const clock = Date.now.bind(Date)
Date.now = () => clock() + session.offset

const kept = new Map(Object.entries(JSON.parse(readFileSync(session.file, 'utf8')) as Record<string, string>))
const localStorage = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, String(value)),
  removeItem: (key: string) => void kept.delete(key),
  key: (index: number) => [...kept.keys()][index] ?? null,
  clear: () => kept.clear(),
  get length() {
    return kept.size
  },
}

async function main() {
  const replica = await openReplica({
    org: session.headers['x-org'] ?? '',
    member: session.headers['x-member'] ?? '',
    name: 'session',
    storage: getRxStorageLocalstorage({ localStorage }) as never,
    multiInstance: false,
    fetch: (input, init) => session.online ? fetch(`${session.url}${String(input)}`, { ...init, headers: { ...init?.headers as Record<string, string>, ...session.headers } }) : Promise.reject(new TypeError('offline')),
  })
  const settled = () => firstValueFrom(combineLatest([replica.state, replica.waiting]).pipe(filter(([state, waiting]) => state.connection === 'online' && state.ready && waiting.length === 0), timeout(10_000)))
  if (session.online)
    await settled()
  for (const { id, fields } of session.edits)
    await replica.set(id, fields)
  if (session.online)
    await settled()
  await replica.close()
  writeFileSync(session.file, JSON.stringify(Object.fromEntries(kept)))
}

main().then(() => process.exit(0), (error: unknown) => {
  process.stderr.write(String(error))
  process.exit(1)
})
