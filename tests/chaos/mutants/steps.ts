import type { RxStorage, RxStorageInstanceCreationParams } from 'rxdb'
import type { Replica } from '../../../client/db/types.ts'
import type { Handset } from '../handset.ts'
import { setTimeout as pause } from 'node:timers/promises'
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory'

const longest = 10_000

/** What a story waited for did not come: its words are the finding. */
export class NeverCame extends Error {}

export async function eventually(isSo: () => boolean | Promise<boolean>, what = 'a step of the story'): Promise<void> {
  const until = performance.now() + longest
  while (!await isSo()) {
    if (performance.now() > until)
      throw new NeverCame(`${what} never came`)
    await pause(10)
  }
}

export function open(handset: Handset): Replica {
  const replica = handset.replica()
  if (!replica)
    throw new NeverCame(`${handset.name} is closed`)
  return replica
}

/** Everything typed here is on the server. */
export const settled = (handset: Handset) => eventually(async () => await handset.waiting() === 0, `the server's answer to ${handset.name}`)

export function sees(handset: Handset, id: string, field: string, value: unknown) {
  return eventually(async () => ((await open(handset).get(id))?.d as Record<string, unknown> | undefined)?.[field] === value, `${field} = ${String(value)} on ${handset.name}`)
}

export const title = async (handset: Handset, id: string) => (await open(handset).get<'issue'>(id))?.d.title

/** An issue both have. */
export async function iss(ada: Handset, ben: Handset): Promise<string> {
  const id = await open(ada).add('issue', { title: 'Late parts', state: 'open', horizon: 'now', raisedBy: open(ada).member, raisedAt: 1 })
  await settled(ada)
  await sees(ben, id, 'title', 'Late parts')
  return id
}

/** A device's storage that counts what is written to it. */
export function countedStorage(): { storage: RxStorage<unknown, unknown>, writes: () => number } {
  const memory = getRxStorageMemory() as unknown as RxStorage<unknown, unknown>
  const state = { writes: 0 }
  const createStorageInstance = async <T>(params: RxStorageInstanceCreationParams<T, unknown>) => {
    const instance = await memory.createStorageInstance(params)
    const write = instance.bulkWrite.bind(instance)
    instance.bulkWrite = (...rows) => {
      state.writes++
      return write(...rows)
    }
    return instance
  }
  return { storage: { ...memory, createStorageInstance }, writes: () => state.writes }
}
