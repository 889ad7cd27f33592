import type { Page } from 'playwright-core'
import type { Guest, Handset } from '../support/room.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFailed } from 'vitest'
import { localDate } from '#shared/kpi/zone.ts'
import { joinCode } from '#shared/meeting/code.ts'
import { meetingId, recapId } from '#shared/record/ids.ts'
import { anAgent } from '../support/agent.ts'
import { synced } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { guestsOf, handset, taps } from '../support/room.ts'
import { startServer } from '../support/server.ts'
import { add, closeVote, each, goApart, inPart, recapOf, runUnheard, sees, sitApart, sums } from '../support/sitting.ts'
import { aWeekly, openVote, reportedWeek, weekly } from '../support/weekly.ts'

const server = await startServer({ dist: builtClient() })
const chromium = await startChromium()
const { org, guests } = await guestsOf(server, 'Ada', { Cy: 'member', Dov: 'member', Fay: 'member', Lea: 'member', Max: 'member', Pia: 'manager', Rim: 'member' })
const guest = (name: string) => guests.find(one => one.name === name) as Guest
const titles = weekly.titles
const hour = 3_600_000
const first = meetingId(weekly.team, localDate(Date.now(), 'Europe/Berlin'))
const second = `${first}.2`

/** Ada facilitates. Fay has no signal, Dov's phone dies, Lea is late, Rim reads right to left; Cy's and Lea's clocks are an hour wrong. */
type Name = 'ada' | 'cy' | 'dov' | 'fay' | 'lea' | 'max' | 'pia' | 'rim'
const phones = {} as Record<Name, Handset>
/** The room's screens: one by its link, where nobody is signed in, and one that shows Max's own records. */
const screens: Page[] = []
const failed = { once: false }

beforeAll(async () => {
  await aWeekly(guests, guest('Pia'))
  await openVote('round_1', guests, guest('Ada'))
  const bring = async (name: Name, more = {}) => phones[name] = await handset(chromium, server.url, guest(name.replace(/^./, letter => letter.toUpperCase())), more)
  await Promise.all([bring('ada'), bring('cy', { ahead: hour }), bring('dov'), bring('fay'), bring('lea', { ahead: -hour }), bring('max')])
  await Promise.all([bring('pia', { viewport: { width: 360, height: 480 } }), bring('rim', { rightToLeft: true })])
})

/** Each act of the story stands on the ones before it. */
beforeEach(() => {
  if (failed.once)
    throw new Error('What came before it failed.')
  onTestFailed(() => void (failed.once = true))
})
afterAll(async () => {
  await chromium.close()
  await server.close()
})

const held = (...names: Name[]) => names.map(name => phones[name])
const broughtByFay = (nth: string) => ['Fay was here too', 'Fay’s vote, not counted', `Headline: Said with no signal ${nth}`, `To-do: Taken on with no signal ${nth}`]
const broughtByDov = (nth: string) => [`To-do: Taken on by Dov alone ${nth}`]
const soon = () => held('ada', 'cy', 'max', 'pia', 'rim')
/** Who is there when Lea has come, too. */
const present = () => [...soon(), phones.lea]
async function stored(id: string) {
  const [doc] = await server.store.read(tx => tx.docs(org, [id]))
  return doc
}
const meeting = async (id = first) => (await stored(id))?.body ?? {}

const wallShows = (...words: string[]) => Promise.all(screens.flatMap(screen => words.map(word => screen.locator('.room-main').getByText(word).first().waitFor())))
const wallCounts = (...sums: string[]) => Promise.all(screens.map(screen => expect.poll(() => screen.locator('.room-value').allTextContents()).toEqual(sums)))

/** Takes the room over, and is dead before anybody hears of what else they did. */
async function dieRunning(phone: Handset, id: string, nth: string): Promise<void> {
  await phone.tap('Take over')
  await expect.poll(async () => (await meeting(id)).facilitator).toBe(phone.member)
  await runUnheard(phone, `Taken on by Dov alone ${nth}`)
  await phone.page.close()
}

/** They come back one after the other; whatever they bring stands beside the record, and the record is the same to the byte. */
async function comeBack(id: string, who: readonly Handset[], order: readonly (readonly [Handset, readonly string[]])[]): Promise<void> {
  const text = await recapOf(who)
  const record = JSON.stringify(await stored(recapId(id)))
  const late: string[] = []
  const back: Handset[] = [...who]
  for (const [phone, brought] of order) {
    await phone.device.setOffline(false)
    if (phone.page.isClosed())
      await phone.open(new URL(back[0]?.page.url() ?? '').pathname)
    await synced(phone.page)
    back.push(phone)
    late.push(...brought)
    for (const words of late)
      await each(back, ({ page }) => page.locator('.late li', { hasText: words }).waitFor())
    await each(back, async ({ page }) => expect.poll(() => page.locator('.late li').count()).toBe(late.length))
    expect(await recapOf(back)).toBe(text)
    expect(JSON.stringify(await stored(recapId(id)))).toBe(record)
  }
}

describe('a meeting on the phones of a room', () => {
  it('is begun with two taps, also by somebody with no signal, and joined with one from Today', async () => {
    const { ada, fay } = phones
    await goApart(fay)
    expect(await taps(ada, async () => {
      await ada.tap('Meeting')
      await ada.tap('Start meeting')
    })).toBe(2)
    await inPart([ada], 'checkIn')
    const joining = held('cy', 'dov', 'max', 'pia', 'rim')
    await each(joining, async phone => expect(await taps(phone, () => phone.tap('Join the Leadership meeting'))).toBeLessThanOrEqual(2))
    await inPart(joining, 'checkIn')
    await sitApart(fay, [titles[2] as string, titles[3] as string], 'once')
    await expect.poll(async () => Object.keys(await meeting()).filter(field => field.startsWith('here/')).length).toBe(6)
    expect(await meeting()).not.toHaveProperty([`here/${fay.member}`])
  })

  it('is on the wall: by a link, with nobody signed in there, and as a screen of one\'s own', async () => {
    const { ada, max } = phones
    const { url } = (await ada.person.post(`/api/meetings/${encodeURIComponent(first)}/room-link`, {})).body
    const viewport = { width: 1280, height: 800 }
    const laptop = await handset(chromium, server.url, guest('Max'), { viewport })
    screens.push(await (await chromium.device({ viewport })).newPage(), laptop.page)
    await Promise.all([String(url), `${server.url}${new URL(max.page.url()).pathname.replace('/live/', '/room/')}`].map((to, n) => screens[n]?.goto(to)))
    await wallShows('Pia', 'Rim')
    await Promise.all(screens.map(screen => screen.getByText(joinCode(first)).waitFor()))
  })

  it('reports what an agent says meanwhile, and a red number is in the issues with one tap', async () => {
    const { ada, max } = phones
    await ada.tap('Next: Scorecard')
    await inPart(soon(), 'scorecard')
    const { body } = await ada.person.post(`/api/orgs/${org}/seats/${weekly.scout}/keys`, { label: 'CRM', scope: 'all' })
    const said = await anAgent(server.url, String(body.key)).put(`/api/v1/kpis/kpi_booked/scores/${reportedWeek()}`, { value: 12, evidence: 'CRM report 4711' })
    expect(said.status).toBe(200)
    await sees(soon(), /CRM report 4711/)
    await wallShows('Calls', 'Meetings booked')
    await Promise.all(screens.map(screen => screen.locator('.room-row', { hasText: 'Meetings booked' }).getByText('12').waitFor()))
    expect(await taps(max, () => max.tap('Drop to issues: Calls'))).toBe(1)
    await each(soon(), ({ page }) => page.getByRole('link', { name: 'In issues: Calls' }).waitFor())
  })

  it('is joined late by four letters, and its clock is the same on a phone an hour ahead and on one an hour behind', async () => {
    const { ada, cy, lea } = phones
    await lea.tap('Meeting')
    await lea.tap('Join by code')
    await lea.page.getByLabel('Meeting code').fill(joinCode(first).toLowerCase())
    await lea.tap(lea.page.getByRole('dialog').getByRole('button', { name: 'Join' }))
    await inPart([lea], 'scorecard')
    const shown = async (page: Page) => {
      const [minutes = 0, seconds = 0] = (await page.getByRole('timer').first().textContent() ?? '').split(':').map(Number)
      return minutes * 60 + seconds
    }
    await expect.poll(async () => {
      const all = await Promise.all([ada.page, cy.page, lea.page, ...screens].map(shown))
      return Math.max(...all) - Math.min(...all)
    }).toBeLessThanOrEqual(2)
    await expect.poll(async () => Object.keys(await meeting())).toContain(`here/${lea.member}`)
  })

  it('goes on under whoever attends, whatever their clock: the room follows', async () => {
    const { ada, cy, pia } = phones
    await ada.tap('Next: Priorities')
    await inPart(present(), 'priorities')
    await pia.tap(pia.page.getByRole('group', { name: 'How it stands: Open in Lyon' }).getByRole('button', { name: 'off track' }))
    await sees(present(), '0 of 1 on track')
    await cy.tap('Take over')
    await cy.tap('Next: Headlines')
    await inPart(present(), 'headlines')
    await ada.tap('Take over')
  })

  it('takes nothing from who types or has a sheet open while others write and the room moves on', async () => {
    const { ada, cy, max, pia } = phones
    const line = pia.page.getByLabel('Add a headline')
    await line.fill('New office in Ly')
    await cy.tap(cy.page.locator('.meet-head').getByRole('button', { name: 'here' }))
    await add(max, 'Add a headline', 'Largest order yet')
    await sees(present(), 'Largest order yet')
    await pia.page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    expect(await pia.page.evaluate(() => scrollY)).toBeGreaterThan(0)
    const place = await line.boundingBox()
    await ada.tap('Next: To-dos')
    await inPart(held('ada', 'lea', 'max', 'rim'), 'todos')
    await sees(held('cy', 'pia'), 'The room moved on to To-dos')
    expect(await line.boundingBox()).toEqual(place)
    expect(await cy.page.getByRole('dialog', { name: 'Invite and who is here' }).isVisible()).toBe(true)
    await pia.page.keyboard.type('on')
    expect(await line.inputValue()).toBe('New office in Lyon')
    await pia.page.keyboard.press('Enter')
    await cy.page.keyboard.press('Escape')
    for (const phone of [cy, pia])
      await phone.tap('Go')
    await inPart(present(), 'todos')
    await sees(present(), '1 of 2 done that were due')
  })

  it('is taken over with one tap from somebody whose phone died while they ran it', async () => {
    const { ada, dov } = phones
    await dieRunning(dov, first, 'once')
    await sees([ada], 'Dov facilitates')
    expect(await taps(ada, () => ada.tap('Take over'))).toBe(1)
    await ada.tap('Next: Issues')
    await inPart(present(), 'issues')
  })

  it('votes with a tap for each dot, in secret until the close, and again on what tied', async () => {
    const { ada, pia } = phones
    const chosen: Record<string, number[]> = { Ada: [0, 1, 2], Cy: [0, 1, 2], Lea: [0, 1, 2], Max: [0, 1, 2], Pia: [0, 1, 3], Rim: [0, 1, 3] }
    await each(present(), async (phone) => {
      const dots = chosen[phone.name] ?? []
      expect(await taps(phone, async () => {
        for (const n of dots)
          await phone.tap(`One dot on ${titles[n]}`)
      })).toBeLessThanOrEqual(5)
    })
    await sees(present(), '6 of 8 have voted')
    await wallShows('6 of 8 have voted')
    const wire = (await pia.person.post('/api/sync/pull', { epoch: '', limit: 2000, since: { records: 0 } })).body.pages as { records: { docs: { kind: string, d: { voter?: string } }[] } }
    expect(wire.records.docs.flatMap(({ kind, d }) => kind === 'ballot' ? [d.voter] : [])).toEqual([pia.member])
    await closeVote(ada)
    await each(present(), phone => expect.poll(() => sums(phone)).toEqual(['6', '6', '4', '2']))
    await wallCounts('6 dots', '6 dots', '4 dots', '2 dots')
    await ada.tap('Vote again on these')
    await sees(present(), 'Re-vote of a tie')
    await each(present(), phone => phone.tap(`One dot on ${titles[['Pia', 'Max'].includes(phone.name) ? 0 : 1]}`))
    await sees(present(), '6 of 8 have voted')
    await closeVote(ada)
    await each(present(), phone => expect.poll(() => sums(phone)).toEqual(['4', '2']))
    await wallCounts('4 dots', '2 dots')
  })

  it('solves the first issue by a decision and the second by a to-do with an owner and a date', async () => {
    const { ada } = phones
    const talk = (title: string | undefined) => ada.page.locator('.talk', { has: ada.page.getByRole('heading', { name: title }) })
    await ada.tap(talk(titles[1]).getByRole('button', { name: 'solved' }))
    await ada.page.getByLabel('Decision').fill('Call each of them on Fridays')
    await ada.tap('Solve')
    await sees(present(), 'Call each of them on Fridays')
    await ada.tap(talk(titles[0]).getByRole('button', { name: 'solved' }))
    await ada.tap('Decide by a to-do')
    await ada.page.getByLabel('In one line').fill('Ask the ten that left')
    await ada.tap(ada.page.getByRole('button', { name: /^Who does it/ }))
    await ada.tap(ada.page.getByRole('dialog', { name: 'Who does it' }).getByRole('button', { name: /^Max/ }))
    await ada.page.getByLabel('Due').fill('2099-12-31')
    await ada.tap(ada.page.getByRole('dialog').getByRole('button', { name: 'Solve' }))
    await sees(present(), /To-do for Max, due .*2099: Ask the ten that left/)
  })

  it('is rated with one tap each, and ends in two steps with one record for everybody', async () => {
    const { ada, pia } = phones
    await ada.tap('Next: Close')
    await inPart(present(), 'close')
    const ratings: Record<string, number> = { Ada: 9, Cy: 8, Max: 9, Pia: 6, Rim: 10 }
    await each(soon(), async phone => expect(await taps(phone, () => phone.tap(`Rate it ${ratings[phone.name]}`))).toBe(1))
    await pia.page.getByLabel('What would have made it better?').fill('Too long')
    await pia.tap('Send')
    await sees([ada], '5 of 7 have rated')
    await wallShows('5 of 7 have rated', 'Ask the ten that left')
    await expect.poll(async () => (await meeting())[`rating/${pia.member}`]).toMatchObject({ score: 6, why: 'Too long' })
    await ada.tap('End meeting')
    await ada.page.getByText('Not rated yet: Dov, Lea').waitFor()
    expect((await meeting()).state).toBe('live')
    await ada.tap('End it for everyone')
    const recap = await recapOf(present())
    await wallShows('8.4')
    for (const words of ['8.4', 'Pia: 6, Too long', '1 of 2', 'Call each of them on Fridays', 'Ask the ten that left', 'New office in Lyon', 'Largest order yet', 'Open in Lyon', 'Meetings booked'])
      expect(recap).toContain(words)
    for (const apart of ['Fay', 'no signal', 'Dov alone'])
      expect(recap).not.toContain(apart)
  })

  it('has what came later beside its record, and the record the same to the byte', async () => {
    const { dov, fay } = phones
    await comeBack(first, present(), [[fay, broughtByFay('once')], [dov, broughtByDov('once')]])
  })

  it('so too where they come back in the other order', async () => {
    const { ada, dov, fay, max } = phones
    await openVote('round_2', guests, ada)
    await goApart(fay)
    await ada.tap('Meeting')
    await ada.tap('Start meeting')
    await inPart([ada], 'checkIn')
    for (const phone of [dov, max]) {
      await phone.tap('Today')
      await phone.tap('Join the Leadership meeting')
    }
    await inPart([dov, max], 'checkIn')
    await sitApart(fay, [titles[3] as string], 'twice')
    await dieRunning(dov, second, 'twice')
    await ada.tap('Take over')
    await ada.tap(ada.page.locator('#tab-issues'))
    await closeVote(ada)
    await ada.page.getByRole('heading', { name: 'Result' }).waitFor()
    await ada.tap(ada.page.locator('#tab-close'))
    await ada.tap('End meeting')
    await ada.tap('End it for everyone')
    await comeBack(second, [ada, max], [[dov, broughtByDov('twice')], [fay, broughtByFay('twice')]])
  })
})
