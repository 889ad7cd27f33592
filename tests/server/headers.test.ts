import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const dist = mkdtempSync(join(tmpdir(), 'otp-dist-'))
mkdirSync(join(dist, 'assets'))
for (const [name, text] of [['index.html', '<!doctype html>the app'], ['sw.js', '// worker'], ['version.json', '{}'], ['assets/index-3f2a.js', '// code']])
  writeFileSync(join(dist, name ?? ''), text ?? '')

const server = await startServer({ dist })
const secure = await startServer({ dist, publicUrl: 'https://otp.example' })
afterAll(() => Promise.all([server.close(), secure.close()]))

const ask = (path: string, headers: Record<string, string> = {}, at = server) => aPerson(at).fetch(path, { headers })
const volatile = new Set(['date', 'x-request-id', 'content-length', 'last-modified', 'keep-alive', 'connection', 'transfer-encoding', 'content-type', 'accept-ranges', 'vary'])

function sentBy(response: Response): Record<string, string> {
  return Object.fromEntries([...response.headers].filter(([name]) => !volatile.has(name)).sort())
}

it('sends these headers', async () => {
  expect(sentBy(await ask('/api/account/me'))).toMatchInlineSnapshot(`
    {
      "cache-control": "no-store",
      "content-security-policy": "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;font-src 'self';connect-src 'self';manifest-src 'self';worker-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none';object-src 'none'",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "origin-agent-cluster": "?1",
      "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
      "x-dns-prefetch-control": "off",
      "x-download-options": "noopen",
      "x-frame-options": "DENY",
      "x-permitted-cross-domain-policies": "none",
      "x-xss-protection": "0",
    }
  `)
})

it.each(['/', '/issues', '/assets/index-3f2a.js', '/missing.js', '/api/nothing', '/api/sync/digest', '/api/health'])('sends the same protection with %s', async (path) => {
  const { 'cache-control': _, ...expected } = sentBy(await ask('/api/account/me'))
  expect(sentBy(await ask(path))).toMatchObject(expected)
})

it('asks for https from then on only where people reach it by https', async () => {
  expect((await ask('/')).headers.get('strict-transport-security')).toBeNull()
  expect((await ask('/', {}, secure)).headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
  expect((await ask('/', {}, secure)).headers.get('content-security-policy')).toContain('upgrade-insecure-requests')
})

it('keeps no answer of the API in any cache, errors included', async () => {
  for (const path of ['/api/health', '/api/account/me', '/api/sync/digest', '/api/nothing', '/api/invites/x'])
    expect((await ask(path)).headers.get('cache-control')).toBe('no-store')
})

describe('the client\'s files', () => {
  it.each([
    ['/', 'no-cache'],
    ['/index.html', 'no-cache'],
    ['/sw.js', 'no-cache'],
    ['/version.json', 'no-cache'],
    ['/assets/index-3f2a.js', 'public, max-age=31536000, immutable'],
  ])('%s is sent with %s', async (path, cache) => {
    const response = await ask(path)
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, cache])
  })

  it('answers every address of the app with its page', async () => {
    for (const path of ['/issues', '/seat/seat_0abc', '/join/some-token']) {
      const response = await ask(path, { accept: 'text/html' })
      expect([response.status, response.headers.get('cache-control'), await response.text()]).toEqual([200, 'no-cache', '<!doctype html>the app'])
    }
  })

  it.each(['/missing.js', '/assets/gone-1234.js', '/api/nothing', '/.git/config', '/../package.json', '/%2e%2e/package.json'])('answers 404 to %s, never with the page', async (path) => {
    const response = await ask(path, { accept: 'text/html' })
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain('the app')
  })
})

it('compresses answers, and never the stream', async () => {
  const ada = aPerson(server)
  await ada.signUp()
  await ada.createOrg()
  const stop = new AbortController()
  const stream = await ada.fetch('/api/sync/stream', { headers: { 'accept-encoding': 'gzip' }, signal: stop.signal })
  expect(stream.headers.get('content-encoding')).toBeNull()
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  const { value } = await stream.body?.getReader().read() ?? {}
  expect(new TextDecoder().decode(value)).toContain('"hello":true')
  stop.abort()
  for (let n = 0; n < 10; n++)
    await ada.invite('member', `Somebody with quite a long name ${n}`)
  const list = await ada.fetch(`/api/orgs/${ada.headers['x-org']}/invites`, { headers: { 'accept-encoding': 'gzip' } })
  expect(list.headers.get('content-encoding')).toBe('gzip')
})
