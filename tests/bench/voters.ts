import process from 'node:process'
import { tally } from '#shared/issue/tally.ts'
import { ballotId } from '#shared/record/ids.ts'
import { aBrowser } from '../support/browser.ts'
import { aPhone, settled, until } from '../support/replica.ts'

/** What a process of voters is told: who they are, and then in which round to do what. */
export interface VotersAsked { url: string, people: { cookies: [string, string][], headers: Record<string, string> }[] }
export type VotersTold = { vote: string, issues: string[], dots: number } | { show: string, votes: number }
/** When each of them did it, ms since 1970 with fractions. */
export type VotersSaid = { ready: true } | { voted: Record<string, number> } | { shown: number[] }

/** Whole phones, as many as RxDB holds in a process: each votes at once when told to, and says when it shows the tally. */
const { url, people } = JSON.parse(process.env.ASKED ?? '') as VotersAsked
const say = (said: VotersSaid) => process.send?.(said)
const now = () => performance.timeOrigin + performance.now()

const phones = await Promise.all(people.map(({ cookies, headers }) => {
  const browser = aBrowser(url)
  cookies.forEach(([name, value]) => browser.cookies.set(name, value))
  Object.assign(browser.headers, headers)
  return aPhone(browser as Parameters<typeof aPhone>[0], { timeout: 60_000 })
}))
await Promise.all(phones.map(settled))
say({ ready: true })

process.on('message', (told: VotersTold) => void ('vote' in told ? vote(told) : show(told)))
process.once('disconnect', () => process.exit(0))

async function vote({ vote: round, issues, dots }: Extract<VotersTold, { vote: string }>): Promise<void> {
  const voted: Record<string, number> = {}
  await Promise.all(phones.map(async (phone) => {
    await until(phone.one(round), found => found !== undefined)
    const start = Math.floor(Math.random() * issues.length)
    const given = Object.fromEntries(Array.from({ length: dots }, (_, n) => [issues[(start + n) % issues.length], 1]))
    voted[phone.member] = now()
    await phone.put('ballot', ballotId(round, phone.member), { dots: given }, { round, voter: phone.member })
  }))
  say({ voted })
}

async function show({ show: round, votes }: Extract<VotersTold, { show: string }>): Promise<void> {
  say({ shown: await Promise.all(phones.map(async (phone) => {
    const held = await until(phone.one<'round'>(round), found => found?.d.state === 'closed')
    await until(phone.find({ kind: 'ballot', parent: round }), ballots => held !== undefined && tally(held.d, ballots.map(({ d }) => d), () => ({ raisedAt: 0 })).votes === votes)
    return now()
  })) })
}
