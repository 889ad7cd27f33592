import type { Response } from 'express'
import type { HttpDeps } from './deps.ts'
import { Router } from 'express'
import { removeMember, restoreMember } from '../domain/members.ts'
import { actorOf, locals } from './locals.ts'
import { pathPart } from './parse.ts'
import { requireMember } from './session.ts'

/** Leaving a company, and being taken back. */
export function memberRoutes(deps: HttpDeps): Router {
  const router = Router()
  router.use('/orgs/:org/members', requireMember(deps, req => pathPart(req, 'org')))
  router.delete('/orgs/:org/members/:member', async (req, res) => {
    await removeMember(deps, actorOf(res), pathPart(req, 'member'))
    note(res, 'member-removed', pathPart(req, 'member'))
    res.json({})
  })
  router.post('/orgs/:org/members/:member/restore', async (req, res) => {
    await restoreMember(deps, actorOf(res), pathPart(req, 'member'))
    note(res, 'member-restored', pathPart(req, 'member'))
    res.json({})
  })
  return router

  function note(res: Response, event: string, member: string) {
    const { org, member: by } = actorOf(res)
    deps.log.info({ event, org, by, member, requestId: locals(res).requestId }, 'security')
  }
}
