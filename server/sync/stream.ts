import type { Response } from 'express'
import type { StreamMessage } from '#shared/sync/wire.ts'
import type { Actor } from './actor.ts'
import type { SyncDeps } from './sync.ts'
import { Problem } from '../domain/problem.ts'
import { eventOf, openEvents } from './events.ts'

const mostPerMember = 8
/** A frame longer than this travels as a poke, to be pulled, characters. */
const mostInFrame = 64 * 1024

/** A message many streams are sent is put into words once. */
const said = new WeakMap<StreamMessage, string>()

function wordsOf(message: StreamMessage): string {
  const known = said.get(message)
  if (known)
    return known
  const text = JSON.stringify(message)
  const event = eventOf(text.length > mostInFrame && 's' in message ? JSON.stringify({ ...message, docs: undefined, poke: true }) : text)
  said.set(message, event)
  return event
}

/** Opens a stream of server-sent events from the org's head on; it ends with a `bye`. */
export async function openStream(deps: SyncDeps, actor: Actor & { session: string }, res: Response): Promise<void> {
  const sync = await deps.store.glance(tx => tx.orgSync(actor.org))
  if (!sync)
    throw new Problem('org-unknown')
  // Hung up meanwhile: no event would ever let go of the place.
  if (res.closed)
    return
  if (deps.hub.count(actor.org, actor.member) >= mostPerMember)
    throw new Problem('too-many')
  const events = openEvents(res)
  const send = (message: StreamMessage) => events.send(wordsOf(message))
  send({ hello: true, s: sync.seq, epoch: sync.epoch, now: deps.now() })
  const letGo = deps.hub.listen(actor.org, sync.seq, {
    member: actor.member,
    session: actor.session,
    send,
    end: bye => events.end(wordsOf(bye)),
  })
  res.on('close', letGo)
  // What was committed between the greeting and the listening.
  deps.hub.changed(actor.org, await deps.store.glance(tx => tx.orgSync(actor.org)).then(found => found?.seq ?? 0))
}
