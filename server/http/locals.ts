import type { Response } from 'express'
import type { Person, Session } from '../auth/port.ts'
import type { Agent } from '../domain/agentKeys.ts'
import type { Actor } from '../sync/actor.ts'
import { Problem } from '../domain/problem.ts'

/** What the middleware found out about a request, for the routes after it. */
export interface Locals {
  requestId: string
  /** The client's address as the trusted proxies tell it. */
  address: string
  /** Where the client reached us, such as `https://otp.example`. */
  origin: string
  session?: Session
  actor?: Actor
  /** Who calls with a key. */
  agent?: Agent
}

export function locals(res: Response): Locals {
  return res.locals as Locals
}

/** Who is signed in, or 401. */
export function personOf(res: Response): Person {
  const { session } = locals(res)
  if (!session)
    throw new Problem('sign-in')
  return session.person
}

/** Whom `requireMember` found. */
export function actorOf(res: Response): Actor & { session: string } {
  const { actor, session } = locals(res)
  if (!actor || !session)
    throw new Problem('sign-in')
  return { ...actor, session: session.session }
}
