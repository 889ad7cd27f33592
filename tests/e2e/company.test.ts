import type { BrowserContext, Page } from 'playwright-core'
import type { TestPerson } from '../support/person.ts'
import type { TestServer } from '../support/server.ts'
import { afterAll, describe, expect, it } from 'vitest'
import { isoCalendar, periodOf } from '#shared/kpi/period.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { keptApp, openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const chromium = await startChromium()
afterAll(() => chromium.close())

interface Phone { page: Page, device: BrowserContext, go: (path: string) => Promise<unknown> }

const week = periodOf('week', localDate(Date.now(), 'Europe/Berlin'), isoCalendar)
const titles = ['Booking rate under 30 %', 'Receivables over 35 days', 'Should Harbor go live?']

/** Ada runs the meeting; Ben's seat is held to a number and reports to Cleo's; Dan sits in the team too. */
async function aCompany(server: TestServer) {
  const founder = aPerson(server)
  await founder.signUp()
  const { member: ada } = await founder.createOrg()
  const people = await Promise.all(['Ben', 'Cleo', 'Dan'].map(async (name) => {
    const { token, member } = await founder.invite(name === 'Dan' ? 'member' : 'manager', name)
    const person = aPerson(server)
    await person.join(token)
    return { person, member }
  }))
  const [ben, cleo, dan] = people as [typeof people[0], typeof people[0], typeof people[0]]
  const seat = (title: string, holder: string, reportsTo?: string) => ({ kind: 'human', title, accountability: `Answers for ${title}`, holder, ...reportsTo && { reportsTo } })
  await taken(founder.write('seat', 'seat_ceo', seat('Chief', ada)))
  await taken(founder.write('seat', 'seat_coo', seat('Operations', cleo.member, 'seat_ceo')))
  await taken(founder.write('seat', 'seat_sales', seat('Sales', ben.member, 'seat_coo')))
  await taken(founder.write('seat', 'seat_fin', seat('Finance', dan.member, 'seat_ceo')))
  await taken(founder.write('team', 'team_lead', { 'name': 'Leadership', 'seat/seat_ceo': true, 'seat/seat_coo': true, 'seat/seat_sales': true, 'seat/seat_fin': true }))
  await taken(founder.write('kpi', 'kpi_bookings', { 'seat': 'seat_sales', 'title': 'Bookings', 'unit': 'number', 'decimals': 0, 'better': 'up', 'cadence': 'week', 'rollUp': 'sum', 'goal/0': { kind: 'atLeast', target: 10 } }))
  for (const [n, title] of titles.entries())
    await taken(founder.write('issue', `iss_${n}`, { title, state: 'open', horizon: 'now', team: 'team_lead', raisedBy: ada, raisedAt: n + 1 }))
  const voters = [ada, ben.member, cleo.member, dan.member]
  await taken(founder.write('round', 'round_1', { team: 'team_lead', state: 'open', issues: titles.map((_, n) => `iss_${n}`), voters, dots: 3, cap: 1, openedBy: ada, openedAt: 1 }))
  return { ada: founder, ben: ben.person, cleo: cleo.person, dan: dan.person }
}

async function taken(write: ReturnType<TestPerson['write']>): Promise<void> {
  const { body } = await write
  expect((body.rows as { refused?: unknown, later?: unknown }[]).flatMap(row => row.refused ?? row.later ?? [])).toEqual([])
}

async function phoneOf(server: TestServer, person: TestPerson): Promise<Phone> {
  const device = await chromium.device()
  const page = await openApp(device, server.url, person)
  await keptApp(page)
  return { page, device, go: path => page.goto(server.url + path) }
}

async function enterScore({ page, go }: Phone, digits: string): Promise<void> {
  await go('/kpi/kpi_bookings')
  await page.getByRole('button', { name: /^Enter / }).click()
  for (const digit of digits)
    await page.getByRole('button', { name: digit, exact: true }).click()
  await page.getByRole('button', { name: 'Done' }).click()
  // The pad goes when the score is kept; until then the digits are its own.
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByText(digits, { exact: true }).first().waitFor()
}

async function vote({ page, go }: Phone, chosen: readonly number[]): Promise<void> {
  await go('/meeting/round/round_1')
  for (const n of chosen)
    await page.getByRole('button', { name: `One dot on ${titles[n]}` }).click()
  await page.getByText(`${3 - chosen.length} of 3 left`).first().waitFor()
}

async function edit({ page, go }: Phone, label: string, text: string): Promise<void> {
  await go('/issues/iss_0')
  await page.getByRole('button', { name: `Edit: ${label}` }).click()
  await page.getByRole('textbox', { name: label }).fill(text)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByText(text).first().waitFor()
}

describe.each([['ben', 'cleo'], ['cleo', 'ben']] as const)('a company on phones: two with no signal, %s comes back first', (first, second) => {
  it('everything typed apart meets once: fields, both scores, the votes, and a late ballot beside them', async () => {
    const server = await startServer({ dist: builtClient() })
    const people = await aCompany(server)
    const [ada, ben, cleo, dan] = await Promise.all([people.ada, people.ben, people.cleo, people.dan].map(person => phoneOf(server, person))) as [Phone, Phone, Phone, Phone]
    const phones = { ben, cleo }
    for (const { device } of [phones.ben, phones.cleo, dan])
      await device.setOffline(true)
    await edit(phones.ben, 'In one line', 'Booking rate, as Ben says')
    await edit(phones.cleo, 'In one line', 'Booking rate, as Cleo says')
    await edit(phones.cleo, 'Detail', 'Three weeks in a row')
    await enterScore(phones.ben, '12')
    await enterScore(phones.cleo, '15')
    await vote(phones.ben, [1, 2])
    await vote(phones.cleo, [1])
    await vote(dan, [2])
    for (const name of [first, second]) {
      await phones[name].device.setOffline(false)
      // Whoever typed the older title is told that it was replaced.
      await phones[name].page.locator(`[data-sync="${name === 'ben' && second === 'ben' ? '1 refused' : 'synced'}"]`).waitFor()
    }
    await ada.go('/meeting/round/round_1')
    await ada.page.getByText('2 of 4 have voted').waitFor()
    await ada.page.getByRole('button', { name: 'Close the vote' }).click()
    await ada.page.getByRole('dialog').getByRole('button', { name: 'Close the vote' }).click()
    await ada.page.getByRole('heading', { name: 'Result' }).waitFor()
    await dan.device.setOffline(false)
    for (const phone of [ada, phones.ben, phones.cleo, dan]) {
      await phone.go('/meeting/round/round_1')
      await phone.page.getByText('Late, not counted').waitFor()
      await phone.page.getByText(/Dan: .*on Should Harbor go live\?/).waitFor()
      const sums = () => phone.page.locator('.tally .num').evaluateAll(rows => rows.map(row => row.firstChild?.textContent))
      await expect.poll(sums).toEqual(['2', '1', '0'])
      await phone.go('/issues/iss_0')
      await phone.page.getByText('Booking rate, as Cleo says').first().waitFor()
      await phone.page.getByText('Three weeks in a row').waitFor()
      await phone.go('/kpi/kpi_bookings')
      await phone.page.getByText(/Also reported: 12 by Ben/).waitFor()
    }
    await ada.page.getByRole('button', { name: /Also reported: 12 by Ben/ }).click()
    for (const { page, go } of [phones.ben, phones.cleo]) {
      await go('/kpi/kpi_bookings')
      await page.getByText(/Also reported: 15 by Cleo/).waitFor()
    }
    const stored = await people.ada.post('/api/sync/pull', { epoch: '', limit: 1000, since: { records: 0, scores: 0 } })
    const { scores, records } = stored.body.pages as Record<'scores' | 'records', { docs: { id: string, d: Record<string, unknown> }[] }>
    const cells = Object.entries(scores.docs[0]?.d ?? {}).filter(([key]) => key.startsWith(`cell/${week}/`)).map(([, entry]) => (entry as { value: number }).value)
    expect(cells.sort()).toEqual([12, 15])
    expect(records.docs.find(({ id }) => id === 'iss_0')?.d).toMatchObject({ title: 'Booking rate, as Cleo says', detail: 'Three weeks in a row' })
    for (const { device } of [ada, phones.ben, phones.cleo, dan])
      await device.close()
    await server.close()
  })
})
