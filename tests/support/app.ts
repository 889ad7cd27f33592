import type { BrowserContext, Page } from 'playwright-core'
import type { TestPerson } from './person.ts'

/** Signs somebody in on a device as a person would, and waits until their records are there. */
export async function openApp(device: BrowserContext, url: string, { email, password }: Pick<TestPerson, 'email' | 'password'>): Promise<Page> {
  const page = await device.newPage()
  await page.goto(`${url}/sign-in`)
  await typeAccount(page, email, password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/today')
  await synced(page)
  return page
}

export async function typeAccount(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('textbox', { name: 'Password' }).fill(password)
}

/** Waits until everything is with the server. The chip says so up to 2 s later; its attribute does at once. */
export function synced(page: Page): Promise<void> {
  return page.locator('[data-sync=synced]').waitFor()
}

/** Waits until the whole app is kept on the device and serves this page: before that nothing can be opened with no signal. */
export async function keptApp(page: Page): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}
