import type { HttpDeps } from './deps.ts'
import { Router } from 'express'
import { protocol } from '#shared/sync/version.ts'

const patience = 2000

/** Ready to serve: 503 while stopping and while the database does not answer. */
export function healthRoutes({ store, config, isStopping }: HttpDeps): Router {
  const router = Router()
  router.get('/health', async (_req, res) => {
    const status = isStopping() ? 'stopping' : await answers(() => store.accounts.setting('sign-up')) ? 'ok' : 'no-database'
    res.status(status === 'ok' ? 200 : 503).json({ status, store: store.kind, version: config.version, protocol })
  })
  return router
}

/** A probe that neither throws nor hangs. */
function answers(probe: () => Promise<unknown>): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, patience, false)
    probe().then(() => resolve(true), () => resolve(false)).finally(() => clearTimeout(timer))
  })
}
