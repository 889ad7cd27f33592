import type { Section } from '#shared/record/meetingWords.ts'
import type { Handset } from './room.ts'
import { expect } from 'vitest'
import { keptApp } from './app.ts'

export const each = (who: readonly Handset[], act: (phone: Handset) => Promise<unknown>) => Promise.all(who.map(act))
export const sees = (who: readonly Handset[], text: string | RegExp) => each(who, ({ page }) => page.getByText(text).first().waitFor())

/** They see this part of the meeting, and nothing of it is wider than the phone. */
export function inPart(who: readonly Handset[], section: Section): Promise<unknown> {
  return each(who, async ({ page }) => {
    await page.locator(`#tab-${section}[aria-selected=true]`).waitFor()
    await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth)
  })
}

export async function add({ page }: Handset, label: string, text: string): Promise<void> {
  const form = page.locator('form', { has: page.getByLabel(label) })
  await form.getByLabel(label).fill(text)
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByText(text).first().waitFor()
}

/** Loses its signal with the app open, just before the meeting: that a vote is open is known. In this browser an open stream outlives the loss, until a reload. */
export async function goApart({ page, device, tap }: Handset): Promise<void> {
  await tap('Meeting')
  await keptApp(page)
  await page.getByText('Voting now').waitFor()
  await device.setOffline(true)
  await page.reload()
  await page.getByText('Voting now').waitFor()
}

/** What somebody with no signal does in the room: nobody hears of it before they are back. */
export async function sitApart(phone: Handset, chosen: readonly string[], nth: string): Promise<void> {
  await phone.tap('Start meeting')
  await inPart([phone], 'checkIn')
  await phone.tap(phone.page.locator('#tab-headlines'))
  await add(phone, 'Add a headline', `Said with no signal ${nth}`)
  await phone.tap(phone.page.locator('#tab-todos'))
  await add(phone, 'Add a to-do', `Taken on with no signal ${nth}`)
  await phone.tap(phone.page.locator('#tab-issues'))
  for (const title of chosen)
    await phone.tap(`One dot on ${title}`)
  await phone.page.locator('.round-foot', { hasText: 'waiting, not counted yet' }).waitFor()
}

/** Loses the signal while running the meeting, takes something on and moves the room: only this phone knows. */
export async function runUnheard(phone: Handset, todo: string): Promise<void> {
  await phone.device.setOffline(true)
  await phone.tap(phone.page.locator('#tab-todos'))
  await add(phone, 'Add a to-do', todo)
  await phone.tap(phone.page.locator('.meet-foot').getByRole('button', { name: /^Next: / }))
  await phone.page.getByRole('button', { name: /^Back to / }).waitFor()
}

export async function closeVote(phone: Handset): Promise<void> {
  await phone.tap('Close the vote')
  await phone.tap(phone.page.getByRole('dialog').getByRole('button', { name: 'Close the vote' }))
}

/** The sums of a closed vote, in order. */
export function sums({ page }: Handset): Promise<(string | null | undefined)[]> {
  return page.locator('.tally .num').evaluateAll(rows => rows.map(row => row.firstChild?.textContent))
}

/** The record as it reads on these phones, once they agree. */
export async function recapOf(who: readonly Handset[]): Promise<string> {
  const papers = who.map(({ page }) => page.locator('.recap-paper'))
  await Promise.all(papers.map(paper => paper.waitFor()))
  await expect.poll(async () => new Set(await Promise.all(papers.map(paper => paper.textContent()))).size).toBe(1)
  return await papers[0]?.textContent() ?? ''
}
