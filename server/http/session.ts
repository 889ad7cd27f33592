import type { Request, RequestHandler } from 'express'
import type { HttpDeps } from './deps.ts'
import type { Limits } from './limits.ts'
import { actorOf } from '../domain/actorOf.ts'
import { addressKey } from './limits.ts'
import { locals, personOf } from './locals.ts'

/** Finds the session, then counts the request: by person where there is one, else by address. */
export function withSession({ auth }: HttpDeps, limits: Limits): RequestHandler {
  return async (req, res, next) => {
    const { cookie } = req.headers
    const session = cookie === undefined ? undefined : await auth.session(cookie)
    if (session) {
      locals(res).session = session
      session.cookies.forEach(line => res.append('Set-Cookie', line))
    }
    await (session ? limits.spend('person', session.person.userId) : limits.spend('stranger', addressKey(locals(res).address)))
    next()
  }
}

/** Who writes, judged anew on every request from the session, the named org and the member's record. */
export function requireMember(deps: HttpDeps, orgOf: (req: Request) => string): RequestHandler {
  return async (req, res, next) => {
    const { userId } = personOf(res)
    locals(res).actor = await actorOf(deps, { userId, org: orgOf(req), member: req.get('x-member') })
    next()
  }
}
