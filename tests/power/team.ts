import type { Patch } from '#shared/sync/protocol.ts'
import type { PushAnswer } from '#shared/sync/wire.ts'
import type { Dice } from '../support/dice.ts'
import type { TestPerson } from '../support/person.ts'
import type { Ledger } from './ledger.ts'
import { createClock } from '#shared/sync/stamp.ts'
import { aPerson } from '../support/person.ts'

/** People of one company with several devices each, who write until the power goes. */
export interface Team {
  org: string
  /** Resolves when every device was cut off; what hung in the air is sent again, the same, next time. */
  write: () => Promise<void>
  /** Somebody new joins; once that is answered they are one of those `absent` looks for. */
  welcome: () => Promise<void>
  /** Who was told that they are in, and is not. */
  absent: () => Promise<string[]>
  counts: { pushes: number, refused: number, inTheAir: number, joined: number }
}

const people = 3
const devices = 4
const longest = 3000
const records = 50
const shared = 'iss_shared'
const anIssueOf = (person: TestPerson) => ({ state: 'open', horizon: 'now', raisedBy: person.headers['x-member'], raisedAt: 1 })

export async function aTeam(url: string, ledger: Ledger, roll: Dice): Promise<Team> {
  const founder = aPerson({ url })
  await founder.signUp()
  const { org } = await founder.createOrg()
  const staff = [founder, ...await Promise.all(Array.from({ length: people - 1 }, () => newcomer(url, founder)))]
  const counts = { pushes: 0, refused: 0, inTheAir: 0, joined: 0 }
  await founder.write('issue', shared, { title: 'Everybody\'s', ...anIssueOf(founder) })
  const lines = staff.flatMap((person, at) => Array.from({ length: devices }, (_, n) => aDevice(person, `${at}${n}`, ledger, roll, counts)))
  const joined: TestPerson[] = []
  return {
    org,
    counts,
    write: async () => void await Promise.all(lines.map(writeOn => writeOn())),
    welcome: async () => {
      joined.push(await newcomer(url, founder))
      counts.joined++
    },
    absent: async () => {
      const seen = await Promise.all([...staff, ...joined].map(person => person.get('/api/account/me')))
      return seen.flatMap(({ body }, n) => JSON.stringify(body.orgs ?? '').includes(org) ? [] : [`person ${n} was let in and is not known any more`])
    },
  }
}

async function newcomer(url: string, founder: TestPerson): Promise<TestPerson> {
  const person = aPerson({ url })
  await person.join((await founder.invite('manager')).token)
  return person
}

/** One device: records of its own and one that all fight over, one to four rows a push. */
function aDevice(person: TestPerson, name: string, ledger: Ledger, roll: Dice, counts: Team['counts']) {
  const clock = createClock(Date.now, `pw${name}`.padEnd(6, '0'))
  const seen = new Map<string, string>()
  const state: { count: number, inTheAir?: Patch[] } = { count: 0 }

  function patch(id: string): Patch {
    const v = clock.next(seen.get(id))
    const turn = `${name}.${state.count++}`
    const base = seen.get(id) ?? ''
    const set = Object.entries({ title: turn, detail: turn.padEnd(roll(longest), 'x'), ...base === '' && id !== shared ? anIssueOf(person) : {} })
    return { id, kind: 'issue', v, base, set: Object.fromEntries(set.map(([field, value]) => [field, [value, v]])) }
  }

  async function push(rows: Patch[]): Promise<boolean> {
    state.inTheAir = rows
    ledger.send(rows)
    const { status, body } = await person.post('/api/sync/push', { rows })
    if (status !== 200)
      return false
    const answer = body as unknown as PushAnswer
    state.inTheAir = undefined
    counts.refused += ledger.acknowledge(rows, answer)
    counts.pushes++
    rows.forEach((row, n) => seen.set(row.id, answer.rows[n]?.doc?.v ?? row.v))
    return true
  }

  // One device a person: nobody's own older writing is a loss, and the log would not name it.
  const anyId = () => name.endsWith('0') && roll(3) === 0 ? shared : `iss_${name}_${roll(records)}`
  return async () => {
    const next = () => state.inTheAir ?? [...new Set(Array.from({ length: 1 + roll(4) }, anyId))].map(patch)
    while (await push(next()).catch(() => false));
    counts.inTheAir += state.inTheAir ? 1 : 0
  }
}
