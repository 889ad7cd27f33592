import { afterEach, describe, expect, it, vi } from 'vitest'
import { askServer, refusalByField } from '../../client/composables/askServer.ts'

afterEach(() => vi.unstubAllGlobals())

function answering(status: number, body: string) {
  const fetched = vi.fn(async (_path: string, _init: RequestInit) => new Response(body, { status }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

describe('asking the server', () => {
  it('gives the body, and says in which company it asks', async () => {
    const fetched = answering(200, '{"made":1}')
    expect(await askServer('POST', '/api/x', { a: 1 }, { org: 'org_1', member: 'mem_1' })).toEqual({ body: { made: 1 } })
    expect(fetched.mock.calls[0]?.[1]).toMatchObject({ method: 'POST', body: '{"a":1}', headers: { 'x-org': 'org_1', 'x-member': 'mem_1', 'content-type': 'application/json' } })
  })

  it('gives the code of a refusal and the fields it is about', async () => {
    answering(422, '{"code":"invalid","fields":["email"]}')
    expect(await askServer('POST', '/api/x', {})).toEqual({ refused: 'invalid', fields: ['email'] })
  })

  it('counts as offline what is not our server', async () => {
    answering(200, '<html>the hotel says hello</html>')
    expect(await askServer('GET', '/api/x')).toEqual({ refused: 'offline', fields: [] })
    vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')))
    expect(await askServer('GET', '/api/x')).toEqual({ refused: 'offline', fields: [] })
  })
})

describe('a refusal in words', () => {
  it.each([
    ['password-short', [], 'password'],
    ['sign-in-refused', [], 'password'],
    ['sign-up-refused', [], 'email'],
    ['invalid', ['name'], 'name'],
    ['too-many', [], 'form'],
    ['invalid', [], 'form'],
  ])('of %s %j stands at %s', (refused, fields, place) => {
    const said = refusalByField({ refused, fields })
    expect(Object.keys(said)).toEqual([place])
    expect(said[place]).not.toContain(refused)
  })
})
