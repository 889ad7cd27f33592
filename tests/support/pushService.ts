import type { AddressInfo } from 'node:net'
import type { PushWay } from '../../server/reminders/way.ts'
import { Buffer } from 'node:buffer'
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto'
import { Agent, createServer } from 'node:https'

/** One delivered message, read as its browser would. */
export interface Delivered { ttl: number, topic: string, urgency: string, subject: string, signed: boolean, text: string }

/** A browser that takes messages. `answers` sets what its service says to the next ones. */
export interface TestReceiver {
  subscription: { endpoint: string, keys: { p256dh: string, auth: string } }
  got: Delivered[]
  answers: (status: number) => void
}

export interface TestPushService { way: PushWay, browser: () => TestReceiver, close: () => Promise<void> }

/** Made for this file, good for `localhost` and nothing else. */
const certificate = pem('CERTIFICATE', 'MIIBlTCCATugAwIBAgIUOf+EZODaRg2py2T5ip6tnMoJoFcwCgYIKoZIzj0EAwIwFDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzAyMjIzMVoYDzIxMjYxMDMwMDIyMjMxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAASLJ2lkQOHY+SULQ7HrYowNgUuigWQmLEu+uXeRMjq75MgwXBLZPh+EteVEYOomMBKwGKnOATuGDQ7sY4vUHJ+po2kwZzAdBgNVHQ4EFgQU04XTibkXZHXezAOjUPP4O1SVy4AwHwYDVR0jBBgwFoAU04XTibkXZHXezAOjUPP4O1SVy4AwDwYDVR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwIDSAAwRQIhAK95t7BkA4vKfh0qJKwy5EFrBHyx8cieA/qmIJSIbvFRAiAIdQdnR0QQgpOFXHSSHlKMJLxOufPeHQt1gasfjD790w==')
const certificateKey = pem('PRIVATE KEY', 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgHCuzEwMXTffGpAtjMgvI/LiI6ZF/GQLhZJFb8wNONOGhRANCAASLJ2lkQOHY+SULQ7HrYowNgUuigWQmLEu+uXeRMjq75MgwXBLZPh+EteVEYOomMBKwGKnOATuGDQ7sY4vUHJ+p')

/** Stands in for a browser vendor's push service: real TLS, real encryption, on this machine. */
export async function aPushService(): Promise<TestPushService> {
  const browsers = new Map<string, (headers: Record<string, unknown>, body: Buffer) => number>()
  const server = createServer({ key: certificateKey, cert: certificate }, async (req, res) => {
    const parts: Buffer[] = []
    for await (const part of req)
      parts.push(part as Buffer)
    res.writeHead(browsers.get(req.url ?? '')?.(req.headers, Buffer.concat(parts)) ?? 404).end()
  })
  await new Promise<void>(resolve => server.listen(0, 'localhost', resolve))
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`
  const agent = new Agent({ ca: certificate })
  return {
    way: { mayReach: endpoint => endpoint.startsWith(`${origin}/`), agent },
    browser: () => aReceiver(origin, (path, take) => browsers.set(path, take)),
    close: () => new Promise((resolve) => {
      agent.destroy()
      server.closeAllConnections()
      server.close(() => resolve())
    }),
  }
}

function aReceiver(origin: string, listen: (path: string, take: (headers: Record<string, unknown>, body: Buffer) => number) => void): TestReceiver {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16)
  const path = `/push/${randomBytes(8).toString('hex')}`
  const state = { status: 201 }
  const got: Delivered[] = []
  listen(path, (headers, body) => {
    got.push({ ttl: Number(headers.ttl), topic: String(headers.topic), urgency: String(headers.urgency), ...readSender(String(headers.authorization), origin), text: decrypt(body, keys, auth) })
    return state.status
  })
  return {
    subscription: { endpoint: origin + path, keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') } },
    got,
    answers: status => void (state.status = status),
  }
}

/** RFC 8292: who signed, for which service, and whether the signature is theirs. */
function readSender(authorization: string, origin: string): Pick<Delivered, 'subject' | 'signed'> {
  const [, token = '', key = ''] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map(part => part.toString('base64url'))
  const { aud, sub } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { aud: string, sub: string }
  const signer = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = aud === origin && verify('sha256', Buffer.from(`${head}.${claims}`), { key: signer, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
  return { subject: sub, signed }
}

/** RFC 8291 and 8188: one record, with the keys of this browser alone. */
function decrypt(body: Buffer, keys: ReturnType<typeof createECDH>, auth: Buffer): string {
  const [salt, sender, sealed] = [body.subarray(0, 16), body.subarray(21, 86), body.subarray(86)]
  const derive = (secret: Buffer, with_: Buffer, label: Buffer | string, length: number) => Buffer.from(hkdfSync('sha256', secret, with_, label, length))
  const secret = derive(keys.computeSecret(sender), auth, Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]), 32)
  const opener = createDecipheriv('aes-128-gcm', derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16), derive(secret, salt, 'Content-Encoding: nonce\0', 12))
  opener.setAuthTag(sealed.subarray(-16))
  const padded = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()])
  return padded.subarray(0, padded.lastIndexOf(2)).toString()
}

function pem(what: string, base64: string): string {
  return `-----BEGIN ${what}-----\n${base64.replace(/.{64}/g, '$&\n')}\n-----END ${what}-----\n`
}
