import type { ChildProcess } from 'node:child_process'
import type { BrowserContext, Page } from 'playwright-core'
import type { Phone } from '../support/replica.ts'
import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import type { BenchServer } from './spawn.ts'
import type { VotersSaid, VotersTold } from './voters.ts'
import { once } from 'node:events'
import { newId } from '#shared/record/ids.ts'
import { openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { aPhone, settled, until } from '../support/replica.ts'
import { inOrg, pushRows } from './company.ts'
import { median, percentile } from './report.ts'
import { startBenchServer, startScript } from './spawn.ts'

const dots = 3
const perProcess = 4
const issues = Array.from({ length: 12 }, (_, n) => `iss_${n}`)
const now = () => performance.timeOrigin + performance.now()

/** What one round came to: ms from each tap until the room saw who had voted, and from the close to the tally on each phone. */
interface Took { counted: number[], tallied: number[], lost: number, cpu: number }

/** Fifty phones in one room vote at once: a few browsers, the rest whole replicas; the room is a replica more. */
export async function measureVote(bench: Bench): Promise<Figure[]> {
  const room = await openRoom(bench.quick ? { browsers: 1, replicas: 8 } : { browsers: 4, replicas: 46 })
  const alone: number[] = []
  const rounds: Took[] = []
  for (let run = 0; run < bench.runs; run++) {
    alone.push(...(await room.round('one')).counted)
    rounds.push(await room.round('all'))
  }
  const { rss } = await room.server.usage(true)
  await room.close()
  const [counted, tallied] = [rounds.flatMap(took => took.counted), rounds.flatMap(took => took.tallied)]
  const beside = { ratio: percentile(counted, 95) / median(alone), against: 'a vote alone' }
  return [
    { what: `${room.phones} phones vote at once: tap → counted in the room, p50`, unit: 'ms', median: percentile(counted, 50) },
    { what: `${room.phones} phones vote at once: tap → counted in the room, p95`, unit: 'ms', median: percentile(counted, 95), ...beside },
    { what: 'close → the tally on each of them, p50', unit: 'ms', median: percentile(tallied, 50) },
    { what: 'close → the tally on each of them, p95', unit: 'ms', median: percentile(tallied, 95) },
    { what: 'votes lost', unit: 'of all', median: rounds.reduce((sum, { lost }) => sum + lost, 0), aims: [{ of: 'median', most: 0 }] },
    { what: 'server CPU for a round, votes and tally', unit: 'ms', median: median(rounds.map(({ cpu }) => cpu)) },
    { what: 'server memory afterwards, all of it', unit: 'MB', median: rss / 1e6 },
  ]
}

async function openRoom({ browsers, replicas }: { browsers: number, replicas: number }) {
  builtClient()
  const server = await startBenchServer()
  const founder = aPerson(server)
  await founder.signUp()
  const place = await founder.createOrg('Room')
  await pushRows(inOrg(founder, place), [{ kind: 'team', id: 'team_room', set: { name: 'Room' } }, ...issues.map((id, n) => ({ kind: 'issue' as const, id, set: { title: `Issue ${n}`, state: 'open', horizon: 'now', team: 'team_room', raisedBy: place.member, raisedAt: n } }))])
  const people = []
  for (let n = 0; n < browsers + replicas; n++) {
    const person = aPerson(server)
    await person.signUp()
    await person.join((await founder.invite('member', `Voter ${n}`)).token)
    people.push(person)
  }
  const screen = await aPhone(founder, { timeout: 60_000 })
  await settled(screen)
  const chromium = await startChromium()
  const pages: { page: Page, device: BrowserContext, member: string }[] = []
  for (const person of people.slice(0, browsers)) {
    const device = await chromium.device()
    pages.push({ device, page: await openApp(device, server.url, person), member: person.headers['x-member'] ?? '' })
  }
  const processes: ChildProcess[] = []
  for (let at = browsers; at < people.length; at += perProcess) {
    const some = people.slice(at, at + perProcess)
    const child = startScript('voters.ts', { url: server.url, people: some.map(({ cookies, headers }) => ({ cookies: [...cookies], headers })) })
    await once(child, 'message')
    processes.push(child)
  }
  const members = people.map(({ headers }) => headers['x-member'] ?? '')
  return {
    server,
    phones: people.length,
    round: (who: 'one' | 'all') => runRound({ server, screen, members: who === 'all' ? members : members.slice(browsers, browsers + perProcess), pages: who === 'all' ? pages : [], processes: who === 'all' ? processes : processes.slice(0, 1) }),
    close: async () => {
      processes.forEach(child => child.disconnect())
      await chromium.close()
      await screen.close()
      await server.close()
    },
  }
}

async function runRound({ server, screen, members, pages, processes }: { server: BenchServer, screen: Phone, members: string[], pages: { page: Page, member: string }[], processes: ChildProcess[] }): Promise<Took> {
  const round = newId('round', Date.now(), bytes => void crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>))
  await screen.add('round', { team: 'team_room', state: 'open', issues, voters: [...members].sort(), dots, cap: 1, openedBy: screen.member, openedAt: screen.now() }, round)
  await settled(screen)
  for (const { page } of pages) {
    await page.goto(`${server.url}/meeting/round/${round}`)
    await page.getByRole('group', { name: 'Issue 0', exact: true }).waitFor()
  }
  const before = (await server.usage()).cpu
  const seen = new Map<string, number>()
  const watch = screen.one<'round'>(round).subscribe(found => members.filter(member => found?.d[`voted/${member}`] && !seen.has(member)).forEach(member => seen.set(member, now())))
  const said = await Promise.all([...processes.map(child => ask(child, { vote: round, issues, dots })), ...pages.map(voteInBrowser)])
  const tapped = Object.assign({}, ...said.map(one => 'voted' in one ? one.voted : {})) as Record<string, number>
  await until(screen.one<'round'>(round), found => members.every(member => found?.d[`voted/${member}`]))
  watch.unsubscribe()
  const votes = (members.length - pages.length) * dots + pages.length
  const shown = [...processes.map(child => ask(child, { show: round, votes })), ...pages.map(({ page }) => tallyInBrowser(page))]
  const closed = now()
  await screen.set<'round'>(round, { state: 'closed', closedBy: screen.member, closedAt: screen.now() })
  const tallied = (await Promise.all(shown)).flatMap(one => 'shown' in one ? one.shown : []).map(at => at - closed)
  const ballots = await until(screen.find({ kind: 'ballot', parent: round }), found => found.length === members.length)
  const kept = ballots.reduce((sum, { d }) => sum + Object.keys(d.dots ?? {}).length, 0)
  return { counted: members.map(member => (seen.get(member) ?? Number.NaN) - (tapped[member] ?? Number.NaN)), tallied, lost: votes - kept, cpu: (await server.usage()).cpu - before }
}

async function ask(child: ChildProcess, told: VotersTold): Promise<VotersSaid> {
  const said = once(child, 'message') as Promise<[VotersSaid]>
  child.send(told)
  return (await said)[0]
}

/** One tap: once it is counted, all of this ballot is with the server. */
async function voteInBrowser({ page, member }: { page: Page, member: string }): Promise<VotersSaid> {
  const at = await page.evaluate(() => {
    const tapped = performance.timeOrigin + performance.now()
    document.querySelector<HTMLButtonElement>('.vote-list button')?.click()
    return tapped
  })
  return { voted: { [member]: at } }
}

async function tallyInBrowser(page: Page): Promise<VotersSaid> {
  const at = await page.evaluate(() => new Promise<number>((resolve) => {
    const isThere = () => document.querySelector('ol.vote-list') && !document.querySelector('.card.warn')
    const watch = new MutationObserver(() => isThere() && resolve(performance.timeOrigin + performance.now()))
    watch.observe(document.body, { childList: true, subtree: true })
  }))
  return { shown: [at] }
}
