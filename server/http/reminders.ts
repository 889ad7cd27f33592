import type { HttpDeps } from './deps.ts'
import { Buffer } from 'node:buffer'
import { createHash, createPublicKey } from 'node:crypto'
import { Router } from 'express'
import { z } from 'zod'
import { Problem } from '../domain/problem.ts'
import { actorOf, personOf } from './locals.ts'
import { bodyOf, pathPart } from './parse.ts'
import { requireMember } from './session.ts'

/** Devices of one person in one company; one more takes the place of the oldest. */
const mostDevices = 10

const base64url = (length: number) => z.string().max(2 * length).regex(/^[\w-]+=*$/).transform(text => text.replace(/=+$/, '')).refine(text => Buffer.from(text, 'base64url').length === length)
const wish = z.strictObject({ on: z.boolean() })
const endpoint = z.string().min(1).max(2048)
const subscription = z.strictObject({ endpoint, keys: z.strictObject({ p256dh: base64url(65).refine(isPoint), auth: base64url(16) }) })

/** Whether a person wishes to be reminded, and on which devices: their own, nobody else's. */
export function reminderRoutes(deps: HttpDeps): Router {
  const router = Router()
  const { reminders } = deps.store.accounts
  router.use('/orgs/:org/reminders', requireMember(deps, req => pathPart(req, 'org')))
  router.get('/orgs/:org/reminders', async (_req, res) => {
    const { org, member } = actorOf(res)
    res.json({ key: deps.push.publicKey, on: await reminders.wish(org, member) ?? null, devices: (await reminders.devicesOf(org, member)).length })
  })
  router.put('/orgs/:org/reminders/wish', async (req, res) => {
    const { org, member } = actorOf(res)
    await reminders.setWish(org, member, bodyOf(req, wish).on, deps.now())
    res.json({})
  })
  router.put('/orgs/:org/reminders/device', async (req, res) => {
    const { org, member, session } = actorOf(res)
    const { endpoint, keys } = bodyOf(req, subscription)
    if (!deps.push.mayReach(endpoint))
      throw new Problem('invalid', { fields: ['endpoint'] })
    await reminders.keep({ org, member, user: personOf(res).userId, session, endpoint: new URL(endpoint).href, ...keys }, hashOf(endpoint), deps.now(), mostDevices)
    res.json({})
  })
  router.delete('/orgs/:org/reminders/device', async (req, res) => {
    const { org, member } = actorOf(res)
    await reminders.drop(org, member, hashOf(bodyOf(req, z.strictObject({ endpoint })).endpoint))
    res.json({})
  })
  return router
}

/** One name for one address, however it is written. */
function hashOf(endpoint: string): string {
  return createHash('sha256').update(URL.canParse(endpoint) ? new URL(endpoint).href : endpoint).digest('base64url')
}

/** Whether the bytes are a point of the curve that messages are encrypted on: nothing could be sent to another. */
function isPoint(text: string): boolean {
  const bytes = Buffer.from(text, 'base64url')
  const [x, y] = [bytes.subarray(1, 33), bytes.subarray(33)].map(part => part.toString('base64url'))
  try {
    return bytes[0] === 4 && createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' }).type === 'public'
  }
  catch {
    return false
  }
}
