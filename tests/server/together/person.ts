import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { Stamp } from '#shared/sync/stamp.ts'
import type { RowAnswer } from '#shared/sync/wire.ts'
import type { StoredDoc } from '../../../server/store/port.ts'
import type { Place } from './scene.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { commit } from '../../../server/sync/commit.ts'
import { roleOf } from './scene.ts'

export interface Wish { kind: Kind, id: string, set: Body }

/** Somebody with one phone: what it has seen may be old, and what it wrote may wait for a signal. */
export interface Person {
  member: string
  /** The newest there is comes to the phone. */
  look: () => Promise<void>
  /** Loses or finds the signal; what waited is sent in one push. */
  turn: () => Promise<RowAnswer[]>
  /** Has a signal, from now on. */
  found: () => Promise<RowAnswer[]>
  /** Writes on what the phone has seen: at once, or once there is a signal. */
  write: (...wishes: Wish[]) => Promise<RowAnswer[]>
}

export function aPersonAt({ deps, time }: Place, org: string, member: string, docs: () => Promise<Map<string, StoredDoc>>): Person {
  const clock = createClock(() => time.now, `${member}00000000`.slice(0, 6))
  const phone = { seen: new Map<string, StoredDoc>(), newer: new Map<string, Stamp>(), waits: undefined as Patch[] | undefined }

  function patchOf({ kind, id, set }: Wish): Patch {
    const base = phone.newer.get(id) ?? phone.seen.get(id)?.v ?? ''
    const v = clock.next(base)
    return { id, kind, base, v, set: Object.fromEntries(Object.entries(set).map(([field, value]) => [field, [value, v]])) }
  }

  async function send(rows: readonly Patch[]): Promise<RowAnswer[]> {
    const role = roleOf((await docs()).get(member))
    if (!role || rows.length === 0)
      return []
    const answers = (await commit(deps.sync, { org, member, role }, rows)).rows
    answers.forEach((answer, n) => phone.newer.set(answer.id, answer.doc?.v ?? rows[n]?.v ?? ''))
    return answers
  }

  async function found(): Promise<RowAnswer[]> {
    const waited = phone.waits ?? []
    phone.waits = undefined
    return send(waited)
  }

  return {
    member,
    look: async () => {
      phone.seen = await docs()
      phone.newer.clear()
    },
    found,
    turn: async () => {
      if (phone.waits)
        return found()
      phone.waits = []
      return []
    },
    write: async (...wishes) => {
      const rows = wishes.map(patchOf)
      if (!phone.waits)
        return send(rows)
      phone.waits.push(...rows)
      return []
    },
  }
}
