import type { Meeting } from '#shared/record/meeting.ts'
import type { RoomLink } from '../store/roomLinks.ts'
import type { Actor } from '../sync/actor.ts'
import type { Deps } from './deps.ts'
import { randomBytes } from 'node:crypto'
import { mayShowRoom } from '#shared/access/meeting.ts'
import { loadWorld } from '../sync/world.ts'
import { hashOf } from './invite.ts'
import { Problem } from './problem.ts'

/** A link outlives its meeting by this, ms; and lasts no longer than a day in all, should nobody end the meeting. */
const afterClose = 2 * 60 * 60 * 1000
const lifetime = 24 * 60 * 60 * 1000

/** A new link to the screen of a meeting's room, for whoever runs it or attends; told once, here. The one before it is dead. */
export async function makeRoomLink(deps: Deps, actor: Actor, meeting: string): Promise<{ token: string, before: string | undefined }> {
  await refuseUnlessOfTheRoom(deps, actor, meeting)
  const { roomLinks } = deps.store.accounts
  const now = deps.now()
  const token = randomBytes(32).toString('base64url')
  await roomLinks.removeOld(now - lifetime)
  const before = await roomLinks.put({ org: actor.org, meeting, hash: hashOf(token), createdBy: actor.member, createdAt: now })
  return { token, before }
}

/** Takes the link back; doing so again changes nothing. */
export async function takeRoomLinkBack(deps: Deps, actor: Actor, meeting: string): Promise<string | undefined> {
  await refuseUnlessOfTheRoom(deps, actor, meeting)
  return deps.store.accounts.roomLinks.remove(actor.org, meeting)
}

/** What a token opens, judged anew each time; one answer for a wrong one and for every way of having ended. */
export async function openRoom(deps: Deps, hash: string): Promise<RoomLink> {
  const link = await deps.store.accounts.roomLinks.byHash(hash)
  const [meeting, maker] = link ? await docsOf(deps, link) : []
  const now = deps.now()
  if (!link || !meeting || now - link.createdAt >= lifetime || maker?.body.state !== 'active' || isLongOver(meeting.body as unknown as Meeting, now))
    throw new Problem('room-gone')
  return link
}

function isLongOver({ state, closedAt = 0 }: Meeting, now: number): boolean {
  return state === 'closed' && now - closedAt >= afterClose
}

async function docsOf({ store }: Deps, { org, meeting, createdBy }: RoomLink) {
  const docs = (await store.glance(tx => tx.docs(org, [meeting, createdBy]))).filter(({ deleted }) => !deleted)
  return [docs.find(({ id }) => id === meeting), docs.find(({ id }) => id === createdBy)] as const
}

async function refuseUnlessOfTheRoom(deps: Deps, actor: Actor, meeting: string): Promise<void> {
  const world = await deps.store.read(tx => loadWorld(tx, actor.org, actor.member, [{ kind: 'meeting', id: meeting, set: {} }]))
  const found = world.get('meeting', meeting)
  if (!found || isLongOver(found, deps.now()))
    throw new Problem('not-found')
  if (!mayShowRoom(actor, world, meeting))
    throw new Problem('not-allowed')
}
