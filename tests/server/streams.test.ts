import type { StreamMessage } from '#shared/sync/wire.ts'
import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStream } from '../../server/sync/stream.ts'
import { anEventAnswer } from '../support/eventAnswer.ts'
import { aBench, anIssue } from './commitBench.ts'

describe('streams of a company', () => {
  let bench: Bench
  let acme: Company
  beforeAll(async () => {
    bench = await aBench('sqlite')
  })
  afterAll(() => bench.drop())

  /** A reader who never gets as far as closing: what they were sent stays in their line. */
  async function aReader(member: string, session = member) {
    const heard: StreamMessage[] = []
    const letGo = bench.deps.hub.listen(acme.org, await acme.head(), { member, session, send: message => heard.push(message) > 0, end: bye => heard.push(bye) })
    return { heard, letGo }
  }
  const told = async (id: string, reader: { heard: StreamMessage[] }) => {
    await acme.ada.write('issue', id, anIssue('ada'))
    await expect.poll(() => JSON.stringify(reader.heard)).toContain(id)
  }

  beforeAll(async () => {
    acme = await bench.company()
  })

  it('send nothing after the goodbye to a session that ended, however slowly its line closes', async () => {
    const [gone, other] = [await aReader('cleo', 'ended'), await aReader('ben')]
    bench.deps.hub.endSession('ended')
    await told('after-session', other)
    bench.deps.hub.heartbeat()
    expect(gone.heard).toEqual([{ bye: 'session' }])
  })

  it('send somebody who was removed neither the news of that moment nor any later', async () => {
    const [gone, other] = [await aReader('cleo'), await aReader('ada')]
    await acme.asServer('member', 'cleo', { state: 'left' })
    await told('after-leaving', other)
    bench.deps.hub.heartbeat()
    expect(gone.heard).toEqual([{ bye: 'gone' }])
  })

  it('end where the news cannot be read: who was removed in it is not known', async () => {
    const reader = await aReader('ben')
    const { glance } = bench.store
    Object.assign(bench.store, { glance: () => Promise.reject(new Error('no database')) })
    bench.deps.hub.changed(acme.org, 1000)
    await expect.poll(() => reader.heard.at(-1)).toEqual({ bye: 'slow' })
    Object.assign(bench.store, { glance })
  })

  it('keep no place for somebody who hung up while theirs was opening', async () => {
    const hungUp = anEventAnswer({ write: () => {}, closed: true })
    await openStream(bench.deps, { ...acme.ben.actor, session: 's' }, hungUp)
    expect(bench.deps.hub.count(acme.org, 'ben')).toBe(0)
  })
})
