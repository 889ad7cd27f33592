import type { RequestHandler } from 'express'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'

/** The built client: hashed assets for ever, everything else asked for again, and its page for every address of its own. */
export function clientFiles(dist: string): RequestHandler[] {
  const page = join(dist, 'index.html')
  return [
    express.static(dist, {
      index: 'index.html',
      setHeaders: (res, path) => {
        const hashed = path.startsWith(join(dist, 'assets'))
        res.setHeader('Cache-Control', hashed ? 'public, max-age=31536000, immutable' : 'no-cache')
      },
    }),
    (req, res, next) => {
      const isPage = req.method === 'GET' && req.accepts('html') && !/\.\w+$|\/\./.test(req.path)
      if (!isPage || !existsSync(page))
        return next()
      res.setHeader('Cache-Control', 'no-cache')
      res.sendFile(page, { cacheControl: false })
    },
  ]
}
