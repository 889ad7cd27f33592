import type { BrowserContext, BrowserContextOptions } from 'playwright-core'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import process from 'node:process'
import { chromium } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome']
const usual = ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe']
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export interface TestChromium {
  /** A device of its own: nothing is shared with any other. */
  device: (options?: BrowserContextOptions) => Promise<BrowserContext>
  close: () => Promise<void>
}

/** A real Chromium with a fresh profile: `CHROMIUM_PATH`, else an installed one, else the one from npm. Fails where there is none. */
export async function startChromium(): Promise<TestChromium> {
  const executablePath = process.env.CHROMIUM_PATH || installed() || await packaged()
  const browser = await chromium.launch({ executablePath, args: flags })
  return {
    device: (options = {}) => browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', ...options }),
    close: () => browser.close(),
  }
}

function installed(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  return [...folders.flatMap(folder => names.map(name => join(folder, name))), ...usual].find(existsSync)
}

async function packaged(): Promise<string> {
  const { default: chrome } = await import('@sparticuz/chromium')
  const path = await chrome.executablePath()
  if (!existsSync(path))
    throw new Error('No Chromium: set CHROMIUM_PATH, install Chrome or Chromium, or let npm install @sparticuz/chromium.')
  return path
}
