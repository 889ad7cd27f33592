import { Buffer } from 'node:buffer'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer()
const published = await startServer({ publicUrl: 'https://otp.example' })
afterAll(() => Promise.all([server.close(), published.close()]))

const path = '/api/account/sign-in'
const body = JSON.stringify({ email: 'ada@example.com', password: 'wrong password' })
const json = { 'content-type': 'application/json' }

async function codeOf(init: RequestInit, where: { url: string } = server) {
  const response = await aPerson(where).fetch(path, { method: 'POST', body, ...init })
  return (await response.json() as { code: string }).code
}

describe('another site writes nothing', () => {
  it.each([
    ['a foreign Origin', { origin: 'https://evil.example' }],
    ['the null Origin', { origin: 'null' }],
    ['our host on another port', { origin: 'http://127.0.0.1:1' }],
    ['Sec-Fetch-Site: cross-site', { 'sec-fetch-site': 'cross-site' }],
    ['Sec-Fetch-Site: same-site', { 'sec-fetch-site': 'same-site' }],
  ])('refuses %s', async (_what, headers) => {
    expect(await codeOf({ headers: { ...json, ...headers } })).toBe('cross-site')
  })

  it('takes our own Origin, and a program that sends none', async () => {
    expect(await codeOf({ headers: { ...json, 'origin': server.url, 'sec-fetch-site': 'same-origin' } })).toBe('sign-in-refused')
    expect(await codeOf({ headers: json })).toBe('sign-in-refused')
  })

  it('takes PUBLIC_URL alone where it is set', async () => {
    expect(await codeOf({ headers: { ...json, origin: 'https://otp.example' } }, published)).toBe('sign-in-refused')
    expect(await codeOf({ headers: { ...json, origin: 'http://otp.example' } }, published)).toBe('cross-site')
    expect(await codeOf({ headers: { ...json, origin: published.url } }, published)).toBe('cross-site')
  })

  it('refuses a signed-in person\'s write from another site and leaves no trace', async () => {
    const ada = aPerson(server)
    await ada.signUp()
    ada.headers.origin = 'https://evil.example'
    await expect(ada.createOrg()).rejects.toThrow('cross-site')
    expect((await ada.get('/api/account/me')).body.orgs).toEqual([])
  })

  it('opens itself to no foreign origin', async () => {
    const response = await aPerson(server).fetch('/api/account/me', { headers: { origin: 'https://evil.example' } })
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  })
})

describe('a body', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonx'])('of type %s is not taken', async (type) => {
    expect(await codeOf({ headers: { 'content-type': type } })).toBe('not-json')
  })

  it('that is no JSON, or no object, is a 400', async () => {
    expect(await codeOf({ headers: json, body: '{"email":' })).toBe('bad-json')
    expect(await codeOf({ headers: json, body: '"text"' })).toBe('bad-json')
    expect(await codeOf({ headers: json, body: '['.repeat(8000) })).toBe('bad-json')
  })

  it('over 16 kB is a 413, also when it grows to it unzipped', async () => {
    expect(await codeOf({ headers: json, body: JSON.stringify({ email: 'a'.repeat(17_000) }) })).toBe('too-large')
    const bomb = gzipSync(Buffer.alloc(20_000_000, ' '))
    expect(await codeOf({ headers: { ...json, 'content-encoding': 'gzip' }, body: bomb })).toBe('too-large')
  })

  it('cannot reach a prototype', async () => {
    expect(await codeOf({ headers: json, body: '{"__proto__":{"polluted":"yes"},"email":"ada@example.com","password":"x"}' })).not.toBe('internal')
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })

  it('is told which fields do not fit, with the request\'s id, and nothing of its values', async () => {
    const response = await aPerson(server).fetch(path, { method: 'POST', headers: json, body: '{"email":"<canary>","password":7}' })
    const text = await response.text()
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(JSON.parse(text)).toEqual({ code: 'invalid', title: expect.any(String), status: 422, fields: ['email', 'password'], requestId: response.headers.get('x-request-id') })
    expect(text).not.toContain('canary')
  })
})
