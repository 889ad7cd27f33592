import type { Response } from 'express'
import type { AgentKey } from '../store/agentKeys.ts'
import type { HttpDeps } from './deps.ts'
import { Router } from 'express'
import { z } from 'zod'
import { line } from '#shared/record/define.ts'
import { keysOf, makeKey, revokeKey } from '../domain/agentKeys.ts'
import { actorOf, locals } from './locals.ts'
import { bodyOf, pathPart } from './parse.ts'
import { requireMember } from './session.ts'

const newKey = z.strictObject({ label: line(80).refine(text => !text.includes('\0')), scope: z.enum(['read', 'all']) })

/** The keys of an agent's seat, for whoever keeps it. */
export function agentKeyRoutes(deps: HttpDeps): Router {
  const router = Router()
  router.use('/orgs/:org/seats/:seat/keys', requireMember(deps, req => pathPart(req, 'org')))
  router.get('/orgs/:org/seats/:seat/keys', async (req, res) => {
    res.json({ keys: (await keysOf(deps, actorOf(res), pathPart(req, 'seat'))).map(present), origin: locals(res).origin })
  })
  router.post('/orgs/:org/seats/:seat/keys', async (req, res) => {
    const { key, made } = await makeKey(deps, actorOf(res), pathPart(req, 'seat'), bodyOf(req, newKey))
    note(res, 'agent-key-made', made)
    res.status(201).json({ ...present(made), key })
  })
  router.delete('/orgs/:org/seats/:seat/keys/:id', async (req, res) => {
    const [seat, id] = [pathPart(req, 'seat'), pathPart(req, 'id')]
    await revokeKey(deps, actorOf(res), seat, id)
    note(res, 'agent-key-revoked', { seat, id })
    res.json({})
  })
  return router

  function note(res: Response, event: string, { seat, id }: Pick<AgentKey, 'seat' | 'id'>) {
    const { org, member: by } = actorOf(res)
    deps.log.info({ event, org, by, seat, key: id, requestId: locals(res).requestId }, 'security')
  }
}

function present({ id, label, scope, createdBy, createdAt, lastUsedAt, revokedAt, refused }: AgentKey) {
  return { id, label, scope, createdBy, createdAt, lastUsedAt, revokedAt, refused }
}
