import type { Kind } from '#shared/record/envelope.ts'
import type { Role } from '#shared/record/member.ts'
import type { StoredDoc } from '../../../server/store/port.ts'
import type { Dice } from './dice.ts'
import type { Person, Wish } from './person.ts'
import type { Scene } from './scene.ts'
import { dueAfter } from '#shared/handoff/state.ts'
import { removeMember, restoreMember } from '../../../server/domain/members.ts'
import { wordsIn } from './founding.ts'
import { roleOf } from './scene.ts'

/** Somebody at their phone: the company as it is, and chance. */
export interface Moment { scene: Scene, person: Person, docs: ReadonlyMap<string, StoredDoc>, dice: Dice, n: number }
type Edit = (moment: Moment) => Promise<unknown>

const stages = ['planned', 'pilot', 'production', 'paused', 'retired']
const authorities = ['draft', 'approve', 'bounded', 'full']
const people = ['ada', 'dan', 'ben', 'cleo', 'vera']
const evidence = { owner: 'cleo', measure: 'Bookings', cadence: 'Mondays', handoff: 'Leads' }

const idsOf = ({ docs }: Moment, kind: Kind, fits: (doc: StoredDoc) => boolean = () => true) => [...docs.values()].filter(doc => doc.kind === kind && fits(doc)).map(({ id }) => id)
const seats = (moment: Moment) => idsOf(moment, 'seat')
const agents = (moment: Moment) => idsOf(moment, 'seat', ({ body }) => body.kind === 'agent')
const set = ({ person }: Moment, kind: Kind, id: string, fields: Wish['set']) => person.write({ kind, id, set: fields })
const review = ({ person, n, scene }: Moment, seat: string, more: object): Wish => ({ kind: 'review', id: `review_${n}`, set: { seat, by: person.member, at: scene.place.time.now, ...more } })

/** One thing out of a person's day, some of which the rules refuse. */
export const edits: Record<string, Edit> = {
  look: ({ person }) => person.look(),
  turn: ({ person }) => person.turn(),
  found: ({ person }) => person.found(),
  move: m => set(m, 'seat', m.dice.one(seats(m)), { reportsTo: m.dice.one([...seats(m), null]) }),
  hold: m => set(m, 'seat', m.dice.one(seats(m)), { holder: m.dice.one([...people, 'seat_a', null]) }),
  own: m => set(m, 'seat', m.dice.one(seats(m)), { owner: m.dice.one([...people, 'seat_a', 'seat_b', 'nobody', null]) }),
  ownAgent: m => set(m, 'seat', m.dice.one(agents(m)), { owner: m.dice.one([...people, 'seat_a', 'seat_b', null]) }),
  stage: m => set(m, 'seat', m.dice.one(agents(m)), { stage: m.dice.one(stages) }),
  stop: m => set(m, 'seat', m.dice.one(agents(m)), { stage: 'paused' }),
  resume: m => set(m, 'seat', m.dice.one(agents(m)), { stage: 'pilot' }),
  promote: (m) => {
    const seat = m.dice.one(agents(m))
    const next = `2027-01-${10 + m.n % 20}`
    return m.person.write(review(m, seat, { verdict: 'promote', stage: 'production', evidence, next }), { kind: 'seat', id: seat, set: { stage: 'production', ...m.dice.below(2) && { nextReview: next } } })
  },
  retire: (m) => {
    const seat = m.dice.one(agents(m))
    const duties = Object.fromEntries([...idsOf(m, 'kpi'), ...idsOf(m, 'todo'), ...idsOf(m, 'contract')].map(id => [id, 'ends']))
    return m.dice.below(3) ? m.person.look() : m.person.write(review(m, seat, { verdict: 'retire', reason: 'Too dear', duties }), { kind: 'seat', id: seat, set: { stage: 'retired' } })
  },
  trust: (m) => {
    const [seat, authority] = [m.dice.one(agents(m)), m.dice.one(authorities)]
    const fields = { authority, ...m.dice.below(2) && { 'may/raise_issue': 2, 'may/accept_handoff': 1 } }
    return m.person.write(review(m, seat, { verdict: 'raise', authority, reason: 'Right for a month' }), { kind: 'seat', id: seat, set: fields })
  },
  putAway: (m) => {
    const kind = m.dice.one<Kind>(['seat', 'kpi', 'team', 'contract', 'todo'])
    return set(m, kind, m.dice.one(idsOf(m, kind)), { archived: m.dice.one([true, null]), ...kind === 'seat' && m.dice.below(3) === 0 && { owner: null } })
  },
  newSeat: (m) => {
    const bot = { kind: 'agent', owner: m.dice.one([...people, 'seat_a', undefined]), stage: m.dice.one([...stages, undefined]), authority: m.dice.one([...authorities, undefined]) }
    const human = { kind: 'human', holder: m.dice.one([...people, undefined]) }
    const more = m.dice.one([bot, human])
    const fields = { title: 'New', accountability: 'Works', reportsTo: m.dice.one([...seats(m), undefined]), ...more }
    return set(m, 'seat', `seat_n${m.n}`, Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))
  },
  kpi: m => set(m, 'kpi', m.dice.one(idsOf(m, 'kpi')), m.dice.one<Wish['set']>([{ 'goal/0': null }, { 'goal/2026-W40': { kind: 'none' } }, { 'goal/0': { kind: 'atLeast', target: 2 } }, { seat: m.dice.one(seats(m)) }, { 'goal/2026-W41': { kind: 'atMost', target: 9 } }])),
  score: (m) => {
    const kpi = m.dice.one(idsOf(m, 'kpi'))
    const cell = `cell/2026-W4${m.dice.below(6)}/${m.person.member}`
    return set(m, 'sheet', `sheet:${kpi}:2026-Q4`, { kpi, quarter: '2026-Q4', [cell]: m.dice.one([{ value: 5, at: 1, source: 'hand' }, null, { value: null, unavailable: 'Ill', at: 1, source: 'hand' }]) })
  },
  unscore: (m) => {
    const kpi = m.dice.one(idsOf(m, 'kpi'))
    return set(m, 'sheet', `sheet:${kpi}:2026-Q4`, { [`cell/2026-W45/${m.person.member}`]: null })
  },
  team: m => set(m, 'team', m.dice.one(idsOf(m, 'team')), m.dice.one<Wish['set']>([{ slot: null }, { slot: { weekday: 2, time: '10:00', minutes: 30 } }, { [`seat/${m.dice.one(seats(m))}`]: m.dice.one([true, null]) }])),
  contract: m => set(m, 'contract', `contract_n${m.n}`, { from: m.dice.one(seats(m)), to: m.dice.one(seats(m)), passes: wordsIn(`contract_n${m.n}`), must: 'Call', hours: 24, onMiss: 'Ask' }),
  handOn: (m) => {
    const id = m.dice.one(idsOf(m, 'contract'))
    const { from, to } = m.docs.get(id)?.body ?? {}
    const { now } = m.scene.place.time
    return set(m, 'delivery', `delivery_n${m.n}`, { contract: id, from, to, title: wordsIn(`delivery_n${m.n}`), sentBy: m.person.member, sentAt: now, due: dueAfter(now, 24), state: 'sent' })
  },
  answer: (m) => {
    const id = m.dice.one(idsOf(m, 'delivery'))
    const state = m.dice.one(['accepted', 'returned', 'done', 'verified'])
    return set(m, 'delivery', id, { state, stateBy: m.person.member, stateAt: m.scene.place.time.now, ...state === 'returned' && { returnReason: 'Not complete' } })
  },
  todo: m => set(m, 'todo', `todo_n${m.n}`, { title: wordsIn(`todo_n${m.n}`), owner: m.dice.one([...seats(m), ...people]), asker: m.person.member, askedAt: 1, due: '2026-11-25', state: 'open' }),
  issue: m => set(m, 'issue', `iss_n${m.n}`, { title: wordsIn(`iss_n${m.n}`), state: 'open', horizon: 'now', raisedBy: m.person.member, raisedAt: 1, team: m.dice.one(idsOf(m, 'team')) }),
  role: m => m.dice.below(3) ? m.person.look() : set(m, 'member', m.dice.one(people), { role: m.dice.one<Role>(['viewer', 'member', 'manager', 'admin']) }),
  accountable: m => set(m, 'org', m.scene.org, { accountable: m.dice.one([...people, 'seat_a', 'nobody']) }),
  leave: m => unlessRefused(removeMember, m),
  comeBack: m => unlessRefused(restoreMember, m),
  decide: (m) => {
    const open = idsOf(m, 'proposal', ({ body }) => body.state === 'open')
    return open.length ? set(m, 'proposal', m.dice.one(open), { state: m.dice.one(['approved', 'approved', 'refused']), decidedBy: m.person.member, decidedAt: m.scene.place.time.now }) : m.person.look()
  },
}

/** By the routes only a person with a role in the company reaches. */
async function unlessRefused(work: typeof removeMember, { scene: { place, org }, person, docs, dice }: Moment): Promise<void> {
  const role = roleOf(docs.get(person.member))
  if (role)
    await work(place.deps, { org, member: person.member, role }, dice.one(['dan', ...people])).catch((error: unknown) => error)
}
