import type { ModelPhone } from './phone.ts'
import type { ModelServer } from './server.ts'
import type { ModelStore } from './store.ts'
import type { Time } from './time.ts'
import { vi } from 'vitest'
import { createModelNet } from './net.ts'
import { createModelPhone } from './phone.ts'
import { createModelServer } from './server.ts'
import { createTime } from './time.ts'

/** A company, its server and its phones in one program, with one clock that moves only when told. */
export interface Model { time: Time, store: ModelStore, server: ModelServer, phones: ModelPhone[], close: () => Promise<void> }

const start = Date.UTC(2026, 9, 14, 9)
const owners = [['ada', 'admin'], ['ben', 'manager'], ['cleo', 'member'], ['ada', 'admin']] as const

/** Four phones of three people; one has two. Timers and chance are the model's until it closes. */
export async function aModel(store: ModelStore, org: string): Promise<Model> {
  const time = createTime(start)
  Object.entries(time.globals).forEach(([name, value]) => vi.stubGlobal(name, value))
  vi.spyOn(Math, 'random').mockReturnValue(0.5)
  vi.spyOn(performance, 'now').mockImplementation(time.now)
  const server = await createModelServer(store, org, time)
  const phones = owners.map(([member, role], n) => {
    const actor = { org, member, role }
    return createModelPhone(time, createModelNet(time, server, actor), actor, `${'abcd'[n]}`)
  })
  await time.advance(1000)
  return {
    time,
    store,
    server,
    phones,
    close: async () => {
      for (const phone of phones) {
        phone.net.cut()
        await phone.stop()
      }
      await time.advance(60_000)
      vi.unstubAllGlobals()
      vi.restoreAllMocks()
      await store.forget(org)
    },
  }
}

/** Networks heal and phones come back; clocks stay as wrong as they are. Answers once all is delivered and at rest. */
export async function calm({ phones, time, store }: Model): Promise<void> {
  store.mishap.next = undefined
  for (const phone of phones) {
    phone.net.heal()
    phone.net.cut()
    phone.retry()
  }
  for (let waited = 0; waited < 12; waited++) {
    await time.advance(20_000)
    if (waited > 2 && phones.every(phone => phone.state.value.connection === 'online' && phone.rows().every(row => row.dirty === '')))
      return
  }
}
