import type { Applied } from '#shared/import/apply.ts'
import type { Replica } from '../db/types.ts'

const step = 200

/** Writes an import to this device, parents before children, and tells how far it is; the server gets it as any change. */
export async function writeImport(replica: Replica, { add, set }: Pick<Applied, 'add' | 'set'>, tell: (done: number, all: number) => void): Promise<void> {
  const all = add.length + set.length
  tell(0, all)
  for (let at = 0; at < add.length; at += step) {
    await replica.addAll(add.slice(at, at + step))
    tell(Math.min(at + step, add.length), all)
  }
  for (const [at, { id, fields }] of set.entries()) {
    await replica.set(id, fields)
    tell(add.length + at + 1, all)
  }
}
