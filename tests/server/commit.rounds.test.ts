import type { Ballot } from '#shared/record/ballot.ts'
import type { Round } from '#shared/record/round.ts'
import type { Patch } from '#shared/sync/protocol.ts'
import type { Bench, Company, Device } from './commitBench.ts'
import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { countedDots, dotsIn, misplacedDots } from '#shared/issue/round.ts'
import { tally } from '#shared/issue/tally.ts'
import { ballotId } from '#shared/record/ids.ts'
import { aBench, anIssue, codes, stores } from './commitBench.ts'

const issues = ['i1', 'i2', 'i3']
const voters = ['ada', 'ben', 'cleo'] as const

/** One thing that happens to a round; a vote is made on one of a voter's two phones, maybe with a clock that is off. */
const anyStep = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('vote' as const), who: fc.constantFrom(...voters), phone: fc.constantFrom(0, 1), dots: fc.dictionary(fc.constantFrom(...issues), fc.integer({ min: 1, max: 3 })), skew: fc.constantFrom(0, 0, -3_600_000, 30_000), held: fc.boolean() }) },
  fc.record({ do: fc.constantFrom('close' as const, 'reopen' as const, 'deliver' as const, 'replay' as const) }),
  fc.record({ do: fc.constant('limit' as const), dots: fc.integer({ min: 1, max: 4 }), cap: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ do: fc.constantFrom('take off' as const, 'put back' as const, 'archive' as const, 'restore' as const), issue: fc.constantFrom(...issues) }),
)
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never

describe.each(stores)('a round while it is open, on %s', (kind) => {
  let bench: Bench
  let acme: Company
  let count = 0
  let round = ''
  const doc = async (id: string) => (await acme.doc(id))?.body
  const edit = async (device: Device, set: Record<string, unknown>, id = round) => device.write(id === round ? 'round' : 'issue', id, set, { base: (await acme.doc(id))?.v ?? '' })
  const vote = (device: Device, dots: Record<string, number>) => device.write('ballot', ballotId(round, device.actor.member), { round, voter: device.actor.member, dots })

  beforeAll(async () => {
    bench = await aBench(kind)
    acme = await bench.company()
    await acme.ada.write('team', 'team', { name: 'Leaders' })
    for (const id of issues)
      await acme.ada.write('issue', id, anIssue('ada', { team: 'team' }))
  })
  beforeEach(open)
  afterAll(() => bench.drop())

  async function open() {
    if (round)
      await edit(acme.ada, { state: 'closed', closedBy: 'ada', closedAt: 2 })
    round = `round_${++count}`
    bench.time.now += 1000
    await acme.ada.write('round', round, { team: 'team', state: 'open', issues, voters: [...voters], dots: 3, cap: 2, openedBy: 'ada', openedAt: 1 })
  }

  it('[B14] what it allows is raised at any time, and not lowered under what somebody spent', async () => {
    await vote(acme.cleo, { i1: 2, i2: 1 })
    expect(codes([
      await edit(acme.ada, { dots: 2 }),
      await edit(acme.ada, { cap: 1 }),
      await edit(acme.ada, { dots: 5 }),
      await edit(acme.ada, { dots: 3 }),
      await edit(acme.vera, { dots: 6 }),
    ])).toEqual(['dots-spent', 'dots-spent', undefined, undefined, 'not-allowed'])
    await edit(acme.ada, { state: 'closed', closedBy: 'ada', closedAt: 2 })
    expect(codes([await edit(acme.ada, { dots: 9 }), await edit(acme.ada, { 'removed/i1': true })])).toEqual(['round-closed', 'round-closed'])
  })

  it('[B15] an issue taken off the list frees its dots; it comes back only while every ballot still fits', async () => {
    await vote(acme.cleo, { i1: 2, i2: 1 })
    expect(codes([await edit(acme.ada, { 'removed/i1': true }), await edit(acme.ada, { 'removed/i9': true })])).toEqual([undefined, 'not-on-list'])
    expect(codes([await vote(acme.cleo, { i1: 2, i2: 1, i3: 2 }), await vote(acme.ben, { i1: 1 })])).toEqual([undefined, undefined])
    expect(await doc(round)).toMatchObject({ 'voted/cleo': true })
    expect(codes([await edit(acme.ada, { 'removed/i1': null })])).toEqual(['dots-spent'])
    await vote(acme.cleo, { i2: 1, i3: 2 })
    expect(codes([await edit(acme.ada, { 'removed/i1': null })])).toEqual([undefined])
  })

  it('[B15] an issue that is archived leaves the lists it is voted on, and restored is back on them', async () => {
    await vote(acme.cleo, { i1: 2 })
    await edit(acme.ada, { archived: true }, 'i1')
    expect(await doc(round)).toMatchObject({ 'removed/i1': true })
    await edit(acme.ada, { archived: null }, 'i1')
    expect((await doc(round))?.['removed/i1']).toBeUndefined()
  })

  it('[B15] whose dots lay on what is taken off nobody learns before the close; then only whose ballot counts is marked', async () => {
    await vote(acme.cleo, { i1: 1 })
    await vote(acme.ben, { i2: 1 })
    const marks = async () => Object.keys(await doc(round) ?? {}).filter(field => field.startsWith('voted/')).sort()
    const seen = [await marks()]
    for (const off of [{ 'removed/i1': true, 'removed/i3': true }, { 'removed/i1': null, 'removed/i2': true }]) {
      await edit(acme.ada, off)
      seen.push(await marks())
    }
    await edit(acme.ada, { archived: true }, 'i1')
    seen.push(await marks())
    await edit(acme.ada, { archived: null }, 'i1')
    expect(seen).toEqual(Array.from({ length: 4 }, () => ['voted/ben', 'voted/cleo']))
    await edit(acme.ada, { state: 'closed', closedBy: 'ada', closedAt: 2 })
    expect(await marks()).toEqual(['voted/cleo'])
    await edit(acme.ada, { state: 'open', closedBy: null, closedAt: null })
    expect(await marks()).toEqual(['voted/ben', 'voted/cleo'])
  })

  it('[B16] however votes, closes, limits and lists interleave: never more dots than allowed, no ballot of another on a wire before the close, one tally for all', async () => {
    await fc.assert(fc.asyncProperty(fc.array(anyStep, { minLength: 4, maxLength: 14 }), async (steps) => {
      await open()
      const phones = new Map(voters.map(who => [who, [acme.device(who, acme[who].actor.role), acme.device(who, acme[who].actor.role)]]))
      const sent: [Device, Patch][] = []
      const held: [Device, Patch][] = []
      const send = async ([device, patch]: [Device, Patch]) => {
        sent.push([device, patch])
        await device.send(patch)
      }
      for (const step of steps) {
        bench.time.now += 1000
        await take(step, phones as never, sent, held, send)
        await holds()
      }
      for (const late of held)
        await send(late)
      await holds()
      for (const id of issues)
        await edit(acme.ada, { archived: null }, id)
      await edit(acme.ada, { state: 'closed', closedBy: 'ada', closedAt: 3 })
      const tallies = await Promise.all([acme.ada, acme.ben, acme.vera].map(async device => tallyOf(await device.pull())))
      expect(tallies[1]).toEqual(tallies[0])
      expect(tallies[2]).toEqual(tallies[0])
    }), { numRuns: kind === 'sqlite' ? 25 : 6 })
  })

  async function take(step: Step, phones: Map<string, Device[]>, sent: [Device, Patch][], held: [Device, Patch][], send: (one: [Device, Patch]) => Promise<void>): Promise<void> {
    switch (step.do) {
      case 'vote': {
        const device = phones.get(step.who)?.[step.phone] as Device
        const vote: [Device, Patch] = [device, device.patch('ballot', ballotId(round, step.who), { round, voter: step.who, dots: step.dots }, { at: bench.time.now + step.skew })]
        return step.held ? void held.push(vote) : send(vote)
      }
      case 'deliver': return send(held.pop() ?? sent.at(-1) ?? [acme.ada, acme.ada.patch('issue', 'i1', {})])
      case 'replay': return void (sent[0] && await sent[0][0].send(sent[0][1]))
      case 'close': return void await edit(acme.ada, { state: 'closed', closedBy: 'ada', closedAt: 2 })
      case 'reopen': return void await edit(acme.ada, { state: 'open', closedBy: null, closedAt: null })
      case 'limit': return void await edit(acme.ada, { dots: step.dots, cap: step.cap })
      case 'take off': return void await edit(acme.ada, { [`removed/${step.issue}`]: true })
      case 'put back': return void await edit(acme.ada, { [`removed/${step.issue}`]: null })
      case 'archive': return void await edit(acme.ada, { archived: true }, step.issue)
      case 'restore': return void await edit(acme.ada, { archived: null }, step.issue)
    }
  }

  async function holds(): Promise<void> {
    const now = await doc(round) as unknown as Round
    for (const who of voters) {
      const ballot = await doc(ballotId(round, who)) as unknown as Ballot | undefined
      expect(misplacedDots(now, ballot?.dots ?? {})).toBeUndefined()
      expect(dotsIn(countedDots(now, ballot?.dots))).toBeLessThanOrEqual(now.dots)
      expect(now[`voted/${who}`] === true).toBe(dotsIn(now.state === 'open' ? ballot?.dots : countedDots(now, ballot?.dots)) > 0)
    }
    if (now.state === 'closed')
      return
    for (const device of [acme.ada, acme.ben, acme.vera]) {
      const theirs = (await device.pull()).filter(({ kind, id, deleted }) => kind === 'ballot' && id.includes(`:${round}:`) && !deleted)
      expect(theirs.every(({ id }) => id.endsWith(`:${device.actor.member}`))).toBe(true)
    }
  }

  function tallyOf(docs: Awaited<ReturnType<Device['pull']>>) {
    const found = docs.find(({ id }) => id === round)?.d as unknown as Round
    const ballots = docs.filter(({ kind, id, deleted }) => kind === 'ballot' && id.includes(`:${round}:`) && !deleted).map(({ d }) => d as unknown as Ballot)
    return tally(found, ballots, () => ({ raisedAt: 1 }))
  }
})
