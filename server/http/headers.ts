import type { RequestHandler } from 'express'
import helmet from 'helmet'

const nothing = ['\'none\'']
const own = ['\'self\'']

/** No script, style, frame or request but our own. HSTS only where people reach us by https. */
export function secureHeaders(publicUrl: string | undefined): RequestHandler[] {
  const secure = publicUrl?.startsWith('https://') ?? false
  const directives = {
    defaultSrc: nothing,
    scriptSrc: own,
    styleSrc: own,
    imgSrc: [...own, 'data:', 'blob:'],
    fontSrc: own,
    connectSrc: own,
    manifestSrc: own,
    workerSrc: own,
    formAction: own,
    baseUri: nothing,
    frameAncestors: nothing,
    objectSrc: nothing,
    ...(secure ? { upgradeInsecureRequests: [] } : {}),
  }
  return [
    helmet({
      contentSecurityPolicy: { useDefaults: false, directives },
      strictTransportSecurity: secure ? { maxAge: 31_536_000, includeSubDomains: true } : false,
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
    (_req, res, next) => {
      res.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()')
      next()
    },
  ]
}
