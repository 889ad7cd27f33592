import type { Page } from 'playwright-core'
import type { State } from '../support/barriers.ts'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { barriers } from '../support/barriers.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson, foundDemo } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const dist = builtClient()
const server = await startServer({ dist })
const empty = await startServer({ dist })
const chromium = await startChromium()
const ada = aPerson(server)

const small = { viewport: { width: 320, height: 640 } }
const looks = [['light', 320], ['dark', 320]] as const
const at: { stranger?: Page, inside?: Page } = {}

beforeAll(async () => {
  await foundDemo(ada)
  at.inside = await openApp(await chromium.device(small), server.url, ada)
  at.stranger = await (await chromium.device(small)).newPage()
  await at.stranger.goto(empty.url)
})

afterAll(async () => {
  await chromium.close()
  await server.close()
  await empty.close()
})

const fixture = resolve(import.meta.dirname, '../fixtures/seats.csv')
function visit(path: string) {
  return async (page: Page) => {
    await page.goto(server.url + path)
    await page.getByRole('heading', { level: 1 }).waitFor()
  }
}
const tap = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first().click()
const shown = (text: string) => (page: Page) => page.getByText(text).first().waitFor()
function then(...steps: ((page: Page) => Promise<unknown>)[]) {
  return async (page: Page) => {
    for (const step of steps)
      await step(page)
  }
}

const strangers: State[] = [
  ['the first account', page => page.getByLabel('Your name').waitFor()],
  ['its refusals', then(tap('Continue'), shown('That is not an e-mail address.'))],
]

const inside: State[] = [
  ['settings', then(visit('/settings'), shown('The demo company is in'))],
  ['the company\'s settings', then(tap(/weeks from/), shown('Accountable person'))],
  ['a team', then(visit('/settings'), tap(/Leadership/), shown('Seats in the team'))],
  ['members', then(visit('/settings/members'), tap(/Ada Founder/), shown('Leave the company'))],
  ['leaving', then(page => page.getByRole('link', { name: 'Leave the company' }).click(), shown('The last admin can neither leave nor step down.'))],
  ['somebody leaves', then(visit('/settings/members'), tap(/Jonas|Ben|Mara/), page => page.getByRole('link', { name: 'Leaving…' }).click(), shown('What happens'))],
  ['an invite', then(visit('/settings/members'), tap('Invite somebody'), page => page.getByLabel('Name', { exact: true }).fill('Ben'), tap('Make an invite link'), shown('It works once'))],
  ['this device', then(visit('/settings/device'), shown('What is kept here'))],
  ['signing out', then(tap('Sign out'), shown('Everything you did is with the server.'))],
  ['import', then(visit('/import'), shown('What it can read'))],
  ['a preview', then(page => page.locator('input[type=file]').setInputFiles(fixture), shown('What it would do'), page => page.locator('summary').first().click())],
  ['signing in', visit('/sign-in')],
  ['a link that is gone', then(visit('/join/nothing'), shown('This link no longer works'))],
]

describe('in light and dark, 320 px wide', () => {
  it.each(strangers)('%s has no barrier', async (...state) => {
    expect(await barriers(at.stranger as Page, [state], looks)).toEqual([])
  })

  it.each(inside)('%s has no barrier', async (...state) => {
    expect(await barriers(at.inside as Page, [state], looks)).toEqual([])
  })
})
