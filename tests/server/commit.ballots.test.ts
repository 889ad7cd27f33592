import type { StreamMessage } from '#shared/sync/wire.ts'
import type { Bench, Company } from './commitBench.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ballotId } from '#shared/record/ids.ts'
import { addToDigest, emptyDigest } from '#shared/sync/digest.ts'
import { historyOf, replacedOf } from '../../server/sync/history.ts'
import { digest } from '../../server/sync/pull.ts'
import { aBench, anIssue, stores } from './commitBench.ts'

describe.each(stores)('ballots on %s', (kind) => {
  let bench: Bench
  let acme: Company
  let count = 0
  let round = ''
  let opened = ''
  const frames: StreamMessage[] = []

  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
    await acme.ada.write('team', 'team', { name: 'Leaders' })
    for (const id of ['i1', 'i2'])
      await acme.ada.write('issue', id, anIssue('ada'))
    bench.deps.hub.listen(acme.org, await acme.head(), { member: 'ben', session: 's', end: () => {}, send: message => frames.push(message) > 0 })
  })
  beforeEach(async () => {
    round = `round_${++count}`
    const patch = acme.ada.patch('round', round, { team: 'team', state: 'open', issues: ['i1', 'i2'], voters: ['ada', 'ben', 'cleo'], dots: 3, cap: 2, openedBy: 'ada', openedAt: 1 })
    expect(await acme.ada.send(patch)).toEqual({ id: round })
    opened = patch.v
    bench.time.now += 1000
  })
  afterAll(() => bench.drop())

  const voteOf = (device: Company['ada'], dots: Record<string, number>, more = {}) =>
    device.patch('ballot', ballotId(round, device.actor.member), { round, voter: device.actor.member, dots }, more)
  const vote = (device: Company['ada'], dots: Record<string, number>, more = {}) => device.send(voteOf(device, dots, more))
  const close = () => acme.ada.write('round', round, { state: 'closed', closedBy: 'ada', closedAt: 2 }, { base: opened })
  const reopen = () => acme.ada.write('round', round, { state: 'open', closedBy: null, closedAt: null })
  const ballot = async (member: string) => (await acme.doc(ballotId(round, member)))?.body
  /** Everything the server would ever say to this member of somebody's ballot in the round. */
  async function heardOf(device: Company['ada'], id: string) {
    const [pulled, history, replaced] = [await device.pull(), await historyOf(bench.deps, device.actor, id), await replacedOf(bench.deps, device.actor)]
    return [pulled, history, replaced].map(part => JSON.stringify(part)).filter(text => text.includes(id))
  }
  async function digestFits(device: Company['ada']) {
    const held = emptyDigest()
    for (const doc of await device.pull())
      doc.deleted || addToDigest(held, doc.id, doc.v)
    expect((await digest(bench.deps, device.actor)).digests.records).toEqual(held)
  }

  it('[B1] before the close nobody is sent another\'s ballot: not by pull, stream, history, digest or an answer', async () => {
    const id = ballotId(round, 'cleo')
    await vote(acme.cleo, { i1: 2 })
    expect(await heardOf(acme.ben, id)).toEqual([])
    expect(JSON.stringify(frames)).not.toContain(id)
    await digestFits(acme.ben)
    await digestFits(acme.cleo)
    const answer = await acme.ben.write('ballot', id, { round, voter: 'cleo', dots: { i2: 1 } })
    expect(answer).toEqual({ id, refused: { code: 'not-yours' }, doc: null })
    expect(await acme.cleo.pull()).toContainEqual(expect.objectContaining({ id, d: { round, voter: 'cleo', dots: { i1: 2 } } }))
  })

  it('[B2] the reply to another\'s ballot is the same whether there is one or not', async () => {
    await vote(acme.cleo, { i1: 1 })
    const tries = [{ dots: { i1: 1 } }, { late: { i1: 1 } }, { round, voter: 'cleo' }, { round, voter: 'ben', dots: {} }, {}]
    for (const fields of tries) {
      const answers = await Promise.all(['cleo', 'ada'].map(voter => acme.ben.write('ballot', ballotId(round, voter), fields)))
      expect(answers.map(({ refused, doc, later }) => ({ refused, doc, later }))).toEqual([1, 2].map(() => ({ refused: { code: 'not-yours' }, doc: null, later: undefined })))
      const named = await Promise.all(['cleo', 'ada'].map(voter => acme.ben.write('issue', `b2-${count}-${voter}-${JSON.stringify(fields).length}`, anIssue('ben', { team: ballotId(round, voter) }))))
      expect(named.map(({ later }) => later)).toEqual([true, true])
    }
  })

  it('[B3] who has voted is written by the server, and only by it', async () => {
    await vote(acme.cleo, { i1: 1 })
    expect((await acme.doc(round))?.body['voted/cleo']).toBe(true)
    await vote(acme.cleo, {}, { at: bench.time.now + 5 })
    expect((await acme.doc(round))?.body).not.toHaveProperty('voted/cleo')
    expect((await acme.ada.write('round', round, { 'voted/ben': true }, { base: opened })).refused?.code).toBe('server-only')
  })

  it('[B4] only voters of the list vote, within their dots, and never a viewer', async () => {
    expect((await vote(acme.device('dora', 'member'), { i1: 1 })).refused?.code).toBe('not-a-voter')
    expect((await vote(acme.device('cleo', 'viewer'), { i1: 1 })).refused?.code).toBe('not-allowed')
    expect((await vote(acme.cleo, { i1: 2, i2: 2 })).refused?.code).toBe('dots-spent')
    expect((await vote(acme.cleo, { i1: 3 })).refused?.code).toBe('cap-exceeded')
    expect((await vote(acme.cleo, { i9: 1 })).refused?.code).toBe('not-on-list')
    expect(await ballot('cleo')).toBeUndefined()
  })

  it('[B5] the close shows every ballot in the same transaction', async () => {
    await vote(acme.cleo, { i1: 2 })
    await vote(acme.ada, { i2: 1 })
    const head = await acme.head()
    await close()
    const shown = await acme.ben.pull(head)
    expect(shown.map(doc => doc.id).sort()).toEqual([ballotId(round, 'ada'), ballotId(round, 'cleo'), round].sort())
    expect(await acme.head()).toBe(head + 3)
    await digestFits(acme.ben)
  })

  it('[B6] dots that arrive after the close are late beside what counts, also when sent again', async () => {
    await vote(acme.cleo, { i1: 1 })
    const late = voteOf(acme.cleo, { i2: 2 }, { at: bench.time.now + 100 })
    await close()
    const answer = await acme.cleo.send(late)
    expect(answer.doc?.d).toEqual({ round, voter: 'cleo', dots: { i1: 1 }, late: { i2: 2 } })
    const head = await acme.head()
    expect((await acme.cleo.send(late)).doc).toEqual(answer.doc)
    expect(await acme.head()).toBe(head)
  })

  it('[B7] dots older than what counts are not late, and a reopening does not bring them back', async () => {
    const [older, oldest, newer] = [voteOf(acme.cleo, { i1: 1 }), voteOf(acme.cleo, { i1: 2 }), voteOf(acme.cleo, { i2: 1 }, { at: bench.time.now + 100 })]
    await acme.cleo.send(older)
    await acme.cleo.send(newer)
    await close()
    await acme.cleo.send(older)
    await acme.cleo.send(oldest)
    await acme.cleo.send(newer)
    expect(await ballot('cleo')).toEqual({ round, voter: 'cleo', dots: { i2: 1 } })
    await reopen()
    await acme.cleo.send(older)
    expect(await ballot('cleo')).toEqual({ round, voter: 'cleo', dots: { i2: 1 } })
  })

  it('[B8] reopening adopts the late dots, hides the ballots again, and a late push sent again is no loss', async () => {
    await vote(acme.cleo, { i1: 1 })
    await close()
    const late = voteOf(acme.cleo, { i2: 2 }, { at: bench.time.now + 100 })
    await acme.cleo.send(late)
    await reopen()
    expect(await ballot('cleo')).toEqual({ round, voter: 'cleo', dots: { i2: 2 } })
    const gone = (await acme.ben.pull()).find(doc => doc.id === ballotId(round, 'cleo'))
    expect(gone).toMatchObject({ deleted: true, d: {} })
    expect((await historyOf(bench.deps, acme.ben.actor, ballotId(round, 'cleo'))).changes).toEqual([])
    await digestFits(acme.ben)
    await vote(acme.cleo, { i1: 2 }, { at: bench.time.now + 200 })
    const changes = await acme.changes(ballotId(round, 'cleo'))
    const again = await acme.cleo.send(late)
    expect([again.replaced, await acme.changes(ballotId(round, 'cleo'))]).toEqual([undefined, changes])
    await close()
    expect(await acme.ben.pull()).toContainEqual(expect.objectContaining({ id: ballotId(round, 'cleo'), d: { round, voter: 'cleo', dots: { i1: 2 } } }))
  })

  it('[B9] a first ballot after the close is late and counts for nothing', async () => {
    await close()
    await vote(acme.cleo, { i1: 1 })
    expect(await ballot('cleo')).toEqual({ round, voter: 'cleo', late: { i1: 1 } })
    expect((await acme.doc(round))?.body).not.toHaveProperty('voted/cleo')
  })

  it('[B10] of ballots sent while the round closes every one is counted or late', async () => {
    const voters = Array.from({ length: 10 }, (_, n) => acme.device(`voter${n}`, 'member'))
    for (const { actor } of voters)
      await acme.asServer('member', actor.member, { name: actor.member, role: 'member', state: 'active' })
    for (const turn of [1, 2, 3]) {
      const id = `${round}-${turn}`
      await acme.ada.write('round', id, { team: 'team', state: 'open', issues: ['i1'], voters: voters.map(({ actor }) => actor.member), dots: 1, cap: 1, openedBy: 'ada', openedAt: 1 })
      const votes = voters.map(device => () => device.write('ballot', ballotId(id, device.actor.member), { round: id, voter: device.actor.member, dots: { i1: 1 } }))
      const closing = () => acme.ada.write('round', id, { state: 'closed', closedBy: 'ada', closedAt: 2 }, { at: bench.time.now + 5 })
      await Promise.all([...votes.slice(0, 5), closing, ...votes.slice(5)].map(act => act()))
      const found = await bench.store.read(tx => tx.docsByParent(acme.org, id, 'ballot'))
      expect(found).toHaveLength(10)
      expect(found.every(({ body, audience }) => audience === '' && (body.dots === undefined) !== (body.late === undefined))).toBe(true)
      const marked = Object.keys((await acme.doc(id))?.body ?? {}).filter(field => field.startsWith('voted/')).sort()
      expect(marked).toEqual(found.filter(({ body }) => body.dots).map(({ body }) => `voted/${String(body.voter)}`).sort())
    }
  })
})
