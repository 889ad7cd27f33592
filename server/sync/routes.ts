import type { Request, Response } from 'express'
import type { Actor } from './actor.ts'
import type { SyncDeps } from './sync.ts'
import { Router } from 'express'
import { pullSchema, pushSchema } from '#shared/sync/protocol.ts'
import { oldestProtocol } from '#shared/sync/version.ts'
import { Problem } from '../domain/problem.ts'
import { commit } from './commit.ts'
import { historyOf, replacedOf } from './history.ts'
import { digest, pull } from './pull.ts'
import { openStream } from './stream.ts'

/** Who asks, as the membership check before these routes found them. */
export type ActorOf = (res: Response) => Actor & { session: string }

/** Pull, push, stream, digest and history of the actor's org. */
export function syncRoutes(deps: SyncDeps, actorOf: ActorOf): Router {
  const router = Router()
  router.post('/push', async (req, res) => {
    const body = pushSchema.safeParse(req.body)
    if (!body.success)
      throw new Problem('invalid')
    res.json(await commit(deps, actorOf(res), body.data.rows))
  })
  router.post('/pull', async (req, res) => {
    refuseOutdated(req)
    const body = pullSchema.safeParse(req.body)
    if (!body.success)
      throw new Problem('invalid')
    res.json(await pull(deps, actorOf(res), body.data))
  })
  router.get('/stream', async (req, res) => {
    refuseOutdated(req)
    await openStream(deps, actorOf(res), res)
  })
  router.get('/digest', async (_req, res) => {
    res.json(await digest(deps, actorOf(res)))
  })
  router.get('/history/:id', async (req, res) => {
    res.json(await historyOf(deps, actorOf(res), String(req.params.id)))
  })
  router.get('/replaced', async (_req, res) => {
    res.json(await replacedOf(deps, actorOf(res)))
  })
  return router
}

/** Push stays open for every version, so that an old client's work drains. */
function refuseOutdated(req: Request): void {
  const spoken = Number(req.get('x-protocol') ?? oldestProtocol)
  if (!Number.isInteger(spoken) || spoken < oldestProtocol)
    throw new Problem('update')
}
