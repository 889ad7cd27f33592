import type { Device } from '../store/reminders.ts'
import type { PushKeys } from './keys.ts'
import type { PushWay } from './way.ts'
import { createHash } from 'node:crypto'
import { request } from 'node:https'
import webpush from 'web-push'

/** What a message is about: a newer one of the same tag takes its place; it is worth nothing after `until`. */
export interface Message { tag: string, until: number, text: string }

/** `gone`: there is no such browser any more. */
export type Outcome = 'sent' | 'gone' | 'failed'

export interface Sender { way: PushWay, keys: PushKeys, subject: string }

const patience = 10_000

/** Writes to one browser by its vendor's service, which can read neither text nor sender's name. Never throws: a message that cannot go is lost. */
export async function sendMessage({ way, keys, subject }: Sender, device: Pick<Device, 'endpoint' | 'p256dh' | 'auth'>, message: Message, now: number): Promise<Outcome> {
  if (!way.mayReach(device.endpoint))
    return 'gone'
  try {
    const { endpoint, method, headers, body } = webpush.generateRequestDetails({ endpoint: device.endpoint, keys: { p256dh: device.p256dh, auth: device.auth } }, message.text, {
      vapidDetails: { subject, ...keys },
      TTL: Math.max(0, Math.floor((message.until - now) / 1000)),
      urgency: 'high',
      topic: createHash('sha256').update(message.tag).digest('base64url').slice(0, 32),
    })
    const status = await post(endpoint, { method, headers, agent: way.agent }, body)
    return status === 404 || status === 410 ? 'gone' : status >= 200 && status < 300 ? 'sent' : 'failed'
  }
  catch {
    return 'failed'
  }
}

/** The status alone: what else is answered is not read, a redirect is not followed. */
function post(endpoint: string, options: { method: string, headers: object, agent: PushWay['agent'] }, body: unknown): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(endpoint, { ...options, headers: { ...options.headers } as Record<string, string>, signal: AbortSignal.timeout(patience) }, (response) => {
      resolve(response.statusCode ?? 0)
      response.on('error', () => {})
      call.destroy()
    })
    call.on('error', reject)
    call.end(body as Uint8Array)
  })
}
