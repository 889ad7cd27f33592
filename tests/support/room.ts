import type { BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { Role } from '#shared/record/member.ts'
import type { TestChromium } from './chromium.ts'
import type { TestPerson } from './person.ts'
import type { TestServer } from './server.ts'
import { synced } from './app.ts'
import { aPerson } from './person.ts'

/** Somebody of the company, before they take their phone out. */
export interface Guest { name: string, role: Role, member: string, person: TestPerson, identity: string }

/** A person's phone with the app open; it counts what they tap. */
export interface Handset extends Guest {
  device: BrowserContext
  page: Page
  taps: number
  /** Taps the button, link or tab of this name, or what is pointed at. */
  tap: (what: string | Locator) => Promise<void>
  /** Opens the app again, on a page of its own. */
  open: (path?: string) => Promise<void>
}

/** How a phone is not like the others. */
export interface Oddity {
  /** What its clock is ahead of the true time by, ms. */
  ahead?: number
  rightToLeft?: boolean
  viewport?: BrowserContextOptions['viewport']
}

/** The founder and those who join her, each with an account of their own. */
export async function guestsOf(server: Pick<TestServer, 'url'>, founderName: string, others: Readonly<Record<string, Role>>): Promise<{ org: string, guests: Guest[] }> {
  const founder = aPerson(server)
  await founder.signUp()
  const { org, member } = await founder.createOrg()
  const guestOf = async (name: string, role: Role, who: string, person: TestPerson): Promise<Guest> => {
    const { user } = (await person.get('/api/account/me')).body as { user: { id: string } }
    return { name, role, member: who, person, identity: JSON.stringify({ org, member: who, user: user.id, name, orgName: 'Acme', role }) }
  }
  const joined = await Promise.all(Object.entries(others).map(async ([name, role]) => {
    const { token, member: who } = await founder.invite(role, name)
    const person = aPerson(server)
    await person.join(token)
    return guestOf(name, role, who, person)
  }))
  return { org, guests: [await guestOf(founderName, 'admin', member, founder), ...joined] }
}

/** A device on which somebody is signed in already, with the app open and their records on it. */
export async function handset(chromium: TestChromium, url: string, guest: Guest, { ahead = 0, rightToLeft = false, viewport = { width: 360, height: 740 } }: Oddity = {}): Promise<Handset> {
  const device = await chromium.device({ viewport })
  await device.addCookies([...guest.person.cookies].map(([name, value]) => ({ name, value, url })))
  await device.addInitScript(identity => localStorage.setItem('otp:identity', identity), guest.identity)
  if (ahead)
    await device.addInitScript(setClock, ahead)
  if (rightToLeft)
    await device.addInitScript(() => addEventListener('DOMContentLoaded', () => document.documentElement.dir = 'rtl'))
  const phone: Handset = {
    ...guest,
    device,
    page: await device.newPage(),
    taps: 0,
    tap: async (what) => {
      phone.taps++
      await (typeof what === 'string' ? named(phone.page, what) : what).click()
    },
    open: async (path = '/today') => {
      if (phone.page.isClosed())
        phone.page = await device.newPage()
      await phone.page.goto(url + path)
      await synced(phone.page)
    },
  }
  await phone.open()
  return phone
}

/** How many taps something took on a phone. */
export async function taps(phone: Handset, act: () => Promise<unknown>): Promise<number> {
  const before = phone.taps
  await act()
  return phone.taps - before
}

function named(page: Page, name: string): Locator {
  const is = (role: 'button' | 'link' | 'tab') => page.getByRole(role, { name, exact: true })
  return is('button').or(is('link')).or(is('tab'))
}

/** What a device tells whoever asks it for the time. */
function setClock(ahead: number): void {
  const True = Date
  globalThis.Date = class extends True {
    constructor(...given: []) {
      super(...(given.length ? given : [True.now() + ahead] as unknown as []))
    }

    static override now() {
      return True.now() + ahead
    }
  } as DateConstructor
}
