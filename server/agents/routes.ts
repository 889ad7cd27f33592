import type { HttpDeps } from '../http/deps.ts'
import type { Limits } from '../http/limits.ts'
import express, { Router } from 'express'
import { guard } from '../http/guard.ts'
import { locals } from '../http/locals.ts'
import { refuseDeep } from '../http/parse.ts'
import { metadataPath, resourceMetadata, withAgent } from './bearer.ts'
import { allowHost, mcpRoute } from './mcp.ts'
import { openApi } from './openapi.ts'
import { restRoutes } from './rest.ts'

/** Everything agents come in by. Who asks is known before the body is read. */
export function agentRoutes(http: HttpDeps, limits: Limits): Router {
  const { publicUrl, version } = http.config
  const deps = { ...http, limits, most: { raise: http.limits.raise[0], send: http.limits.send[0] } }
  const document = openApi(version)
  const router = Router()
  const door = [guard(publicUrl), withAgent(deps, limits), express.json({ limit: '64kb', strict: true }), refuseDeep]
  router.use(['/api/v1', '/mcp'], (_req, res, next) => {
    res.setHeader('Cache-Control', 'no-store')
    next()
  })
  router.get('/api/openapi.json', (_req, res) => void res.json(document))
  router.get([metadataPath, `${metadataPath}/mcp`], (_req, res) => void res.json(resourceMetadata(locals(res).origin)))
  router.use('/api/v1', ...door, restRoutes(deps))
  router.all('/mcp', allowHost(publicUrl), ...door, mcpRoute(deps, version))
  return router
}
