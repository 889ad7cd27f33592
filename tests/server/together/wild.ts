import type { Kind } from '#shared/record/envelope.ts'
import type { StoredDoc } from '../../../server/store/port.ts'
import type { Dice } from './dice.ts'
import type { AgentKey, Scene } from './scene.ts'
import { specs } from '#shared/record/specs.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { commit } from '../../../server/sync/commit.ts'

const kinds = Object.keys(specs) as Kind[]
const words = ['ada', 'cleo', 'open', 'done', 'solved', 'accepted', 'admin', 'active', 'approved', 'production', 'full', 'agent', '2026-Q4', '2026-11-29', 'text', null, true, 1]

/** A write of any kind, in an agent's name, by the door the routes use; no route makes most of them. Answers whose. */
export async function writeWildly({ place: { deps, time }, org, keys }: Scene, docs: ReadonlyMap<string, StoredDoc>, dice: Dice): Promise<AgentKey> {
  const agent = dice.one(keys.map(({ seat, secret, id }): AgentKey => ({ seat, secret, id })))
  const doc = dice.one([...docs.values(), undefined])
  const kind = dice.below(3) ? doc?.kind ?? dice.one(kinds) : dice.one(kinds)
  const { fields, families } = specs[kind]
  const names = [...Object.keys(fields), ...Object.keys(families).flatMap(family => [`${family}/2026-W46/${agent.seat}`, `${family}/2026-W46/ada`, `${family}/seat_b`])]
  const id = doc?.id ?? 'fresh'
  const base = doc?.v ?? ''
  const v = createClock(() => time.now, 'wilder').next(base)
  const known: unknown[] = [...words, ...docs.keys(), { value: 1, at: 1, source: 'agent' }, agent.seat]
  const set = Object.fromEntries([0, 1, 2].slice(dice.below(3)).map(() => [dice.one(names), [dice.one(known), v] as [unknown, string]]))
  await commit(deps.sync, { org, member: agent.seat, role: 'agent' }, [{ id, kind, base, v, set }])
  return agent
}
