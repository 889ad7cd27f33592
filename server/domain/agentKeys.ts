import type { Seat } from '#shared/record/seat.ts'
import type { AgentKey, KeyScope } from '../store/agentKeys.ts'
import type { Actor } from '../sync/actor.ts'
import type { Deps } from './deps.ts'
import { createHash, randomBytes } from 'node:crypto'
import { isAtWork } from '#shared/access/agent.ts'
import { keeps } from '#shared/access/world.ts'
import { loadWorld } from '../sync/world.ts'
import { Problem } from './problem.ts'

/** Keys of one seat that open at the same time. */
const mostKeys = 10
/** How often a use, or a call while stopped, is written down, ms. */
const useEvery = 60_000

/** Who calls with a key: an agent, by its seat. */
export interface Agent { org: string, seat: string, key: AgentKey }

/** What is kept of a key: who reads the database cannot come in with it. */
function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url')
}

/** A new key of an agent's seat, for whoever keeps that seat. It is told once, here. */
export async function makeKey(deps: Deps, actor: Actor, seat: string, { label, scope }: { label: string, scope: KeyScope }): Promise<{ key: string, made: AgentKey }> {
  await refuseUnlessKeeper(deps, actor, seat)
  const { agentKeys } = deps.store.accounts
  const open = (await agentKeys.ofSeat(actor.org, seat)).filter(({ revokedAt }) => revokedAt === undefined)
  if (open.length >= mostKeys)
    throw new Problem('keys-full')
  const key = `otp_${randomBytes(32).toString('base64url')}`
  const made = { id: `key_${randomBytes(9).toString('base64url')}`, org: actor.org, seat, hash: hashOf(key), label, scope, createdBy: actor.member, createdAt: deps.now() }
  await agentKeys.add(made)
  return { key, made }
}

export async function keysOf(deps: Deps, actor: Actor, seat: string): Promise<AgentKey[]> {
  await refuseUnlessKeeper(deps, actor, seat)
  return deps.store.accounts.agentKeys.ofSeat(actor.org, seat)
}

export async function revokeKey(deps: Deps, actor: Actor, seat: string, id: string): Promise<void> {
  await refuseUnlessKeeper(deps, actor, seat)
  if (!await deps.store.accounts.agentKeys.revoke({ org: actor.org, seat, id }, actor.member, deps.now()))
    throw new Problem('key-unknown')
}

/** Whose key it is, judged anew on every call: `key` where it opens nothing, as when its maker has left, `seat-stopped` where its seat is not at work. */
export async function agentOf(deps: Deps, secret: string): Promise<Agent> {
  const { agentKeys } = deps.store.accounts
  const key = await agentKeys.byHash(hashOf(secret))
  if (!key || key.revokedAt !== undefined)
    throw new Problem('key')
  const now = deps.now()
  const docs = await deps.store.glance(tx => tx.docs(key.org, [key.seat, key.createdBy]))
  const doc = docs.find(({ id }) => id === key.seat)
  const isStopped = !doc || doc.deleted || !isAtWork(doc.body as unknown as Seat)
  // Who made it has seen it: what they took along must not be a way back in.
  const isTakenAlong = docs.some(({ id, body }) => id === key.createdBy && body.state === 'left')
  if (isStopped || isTakenAlong) {
    if (now - (key.refused?.at ?? 0) >= useEvery)
      await noteRefusal(deps, key, isTakenAlong ? 'maker-left' : 'seat-stopped')
    throw new Problem(isTakenAlong ? 'key' : 'seat-stopped')
  }
  if (now - (key.lastUsedAt ?? 0) >= useEvery)
    await agentKeys.noteUse(key.id, now)
  return { org: key.org, seat: key.seat, key }
}

/** Written down so that whoever keeps the seat sees what its agent tried. */
export async function noteRefusal(deps: Deps, { id }: Pick<AgentKey, 'id'>, code: string): Promise<void> {
  await deps.store.accounts.agentKeys.noteRefusal(id, code, deps.now())
}

/** The row "keys" of the access table: an admin, a manager above the seat, its owner. */
async function refuseUnlessKeeper(deps: Deps, actor: Actor, seat: string): Promise<void> {
  const world = await deps.store.read(tx => loadWorld(tx, actor.org, actor.member, [{ kind: 'seat', id: seat, set: {} }]))
  if (world.get('seat', seat)?.kind !== 'agent')
    throw new Problem('seat-unknown')
  if (!keeps(actor, world, seat))
    throw new Problem('not-allowed')
}
