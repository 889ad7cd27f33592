import type { Request } from 'express'
import type { AgentDeps } from './desk.ts'
import type { Operation } from './operation.ts'
import { Router } from 'express'
import { Problem } from '../domain/problem.ts'
import { agentIn } from './bearer.ts'
import { partsOf } from './openapi.ts'
import { operations, perform } from './operations.ts'

/** The REST interface, version 1: a route for each operation. */
export function restRoutes(deps: AgentDeps): Router {
  const router = Router()
  for (const operation of operations) {
    router[operation.method](operation.path.replaceAll(/\{(\w+)\}/g, ':$1'), async (req, res) => {
      res.json(await perform(deps, agentIn(res), operation, inputOf(req, operation)))
    })
  }
  router.use(() => {
    throw new Problem('not-found')
  })
  return router
}

/** The parts of the path and the fields of the body are one input. */
function inputOf(req: Request, { method, path }: Operation): Record<string, unknown> {
  const body: unknown = method === 'get' ? {} : req.body ?? {}
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Problem('invalid')
  return { ...body, ...Object.fromEntries(partsOf(path).map(part => [part, req.params[part]])) }
}
