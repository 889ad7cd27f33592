import type { TestPerson } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'
import { anIssue, stores } from './commitBench.ts'

const canary = 'canary-5f1c'

describe.each(stores)('two companies on one server, on %s', (store) => {
  let server: TestServer
  let ours: TestPerson
  let theirs: TestPerson
  let secrets: string[]

  beforeAll(async () => {
    server = await startServer({ store })
    ours = aPerson(server)
    await ours.signUp()
    await ours.createOrg('Ours')
    // The second company's founder comes by invite: an account is not for anybody who asks.
    const { token } = await ours.invite('member', 'Guest')
    theirs = aPerson(server)
    await theirs.join(token)
    await theirs.createOrg(`Theirs ${canary}`)
    await theirs.write('issue', 'iss_secret', anIssue(String(theirs.headers['x-member']), { title: canary }))
    secrets = [canary, String(theirs.headers['x-org']), String(theirs.headers['x-member'])]
  })
  afterAll(() => server.close())

  it('[B11] no byte of the one reaches the other: by pull, push, digest, history or stream', async () => {
    const heard: string[] = []
    const opened = await ours.fetch('/api/sync/stream')
    const reader = opened.body?.getReader()
    const asked = [
      ours.post('/api/sync/pull', { epoch: '', limit: 2000, since: { records: 0, scores: 0 } }),
      ours.write('issue', 'iss_secret', { title: 'Guess' }),
      ours.write('issue', 'iss_child', anIssue(String(ours.headers['x-member']), { team: 'iss_secret' })),
      ours.get('/api/sync/digest'),
      ours.get('/api/sync/replaced'),
      ours.get('/api/sync/history/iss_secret'),
      ours.get(`/api/sync/history/${secrets[2]}`),
    ]
    for (const answer of await Promise.all(asked))
      heard.push(JSON.stringify(answer.body))
    await theirs.write('issue', 'iss_secret_2', anIssue(String(theirs.headers['x-member']), { title: canary }))
    await ours.write('issue', 'iss_last', anIssue(String(ours.headers['x-member'])))
    while (!heard.at(-1)?.includes('iss_last'))
      heard.push(new TextDecoder().decode((await reader?.read())?.value))
    await reader?.cancel()
    for (const secret of secrets)
      expect(heard.join('\n')).not.toContain(secret)
  })

  it('[B12] naming the other company is answered as if there were none', async () => {
    const stranger = { ...ours.headers }
    const tryIn = async (org: string) => {
      ours.headers['x-org'] = org
      delete ours.headers['x-member']
      const answers = [await ours.get('/api/sync/digest'), await ours.post('/api/sync/pull', { epoch: '', limit: 1, since: { records: 0 } }), await ours.write('issue', 'x', {}), await ours.get('/api/sync/stream')]
      Object.assign(ours.headers, stranger)
      return answers.map(({ status, body: { code, title } }) => ({ status, code, title }))
    }
    const [real, invented] = [await tryIn(String(theirs.headers['x-org'])), await tryIn('org_000000000000000000000')]
    expect(real).toEqual(invented)
    expect(real.every(({ status }) => status === 404)).toBe(true)
  })
})
