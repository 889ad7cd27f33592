import type { RequestHandler } from 'express'
import { Problem } from '../domain/problem.ts'
import { locals } from './locals.ts'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/** No other site may write here: Sec-Fetch-Site, Origin, and JSON, which a foreign form cannot send. */
export function guard(publicUrl: string | undefined): RequestHandler {
  return (req, res, next) => {
    if (safe.has(req.method))
      return next()
    const site = req.get('sec-fetch-site')
    if (site !== undefined && site !== 'same-origin' && site !== 'none')
      throw new Problem('cross-site')
    const origin = req.get('origin')
    if (origin !== undefined && !isOurs(origin, publicUrl, locals(res).origin))
      throw new Problem('cross-site')
    if (hasBody(req.headers) && !req.is('application/json'))
      throw new Problem('not-json')
    next()
  }
}

/** Without PUBLIC_URL a TLS proxy may hide the scheme from us, so the hosts are compared. */
function isOurs(origin: string, publicUrl: string | undefined, own: string): boolean {
  if (publicUrl !== undefined)
    return origin === publicUrl
  return URL.canParse(origin) && URL.canParse(own) && new URL(origin).host === new URL(own).host
}

function hasBody(headers: { 'content-length'?: string, 'transfer-encoding'?: string }): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
