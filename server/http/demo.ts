import type { Response } from 'express'
import type { HttpDeps } from './deps.ts'
import { Router } from 'express'
import { addDemo, removeDemo } from '../domain/demo.ts'
import { actorOf, locals } from './locals.ts'
import { pathPart } from './parse.ts'
import { requireMember } from './session.ts'

/** For admins: the demo company in, and out again. */
export function demoRoutes(deps: HttpDeps): Router {
  const router = Router()
  router.use('/orgs/:org/demo', requireMember(deps, req => pathPart(req, 'org')))
  router.post('/orgs/:org/demo', async (_req, res) => {
    await addDemo(deps, actorOf(res))
    note(res, 'demo-added')
    res.status(201).json({})
  })
  router.delete('/orgs/:org/demo', async (_req, res) => {
    await removeDemo(deps, actorOf(res))
    note(res, 'demo-removed')
    res.json({})
  })
  return router

  function note(res: Response, event: string) {
    const { org, member: by } = actorOf(res)
    deps.log.info({ event, org, by, requestId: locals(res).requestId }, 'demo')
  }
}
