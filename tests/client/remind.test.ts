import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import RemindRow from '../../client/components/settings/RemindRow.vue'
import RemindKeeper from '../../client/components/shell/RemindKeeper.vue'
import TodayPage from '../../client/pages/TodayPage.vue'
import { useActs } from '../../client/stores/acts.ts'
import { aCompany, aKpi, me, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const server = { on: null as boolean | null, devices: 0, calls: [] as string[] }
const browser = { permission: 'default', asked: 0, subscription: null as null | { endpoint: string } }

const told = (subscription: { endpoint: string }) => ({ options: { applicationServerKey: new Uint8Array([1, 2, 3]).buffer }, toJSON: () => ({ ...subscription, keys: { p256dh: 'x', auth: 'y' } }), unsubscribe: async () => browser.subscription = null })

/** The parts of a browser that can be told things, and what the server answers. */
function aBrowser() {
  Object.assign(server, { on: null, devices: 0, calls: [] })
  Object.assign(browser, { permission: 'default', asked: 0, subscription: null })
  const made = () => browser.subscription = { endpoint: 'https://push.example.com/1' }
  const pushManager = {
    getSubscription: async () => browser.subscription && told(browser.subscription),
    subscribe: async () => told(made()),
  }
  vi.stubGlobal('PushManager', class {})
  vi.stubGlobal('Notification', {
    get permission() {
      return browser.permission
    },
    requestPermission: async () => {
      browser.asked++
      return browser.permission
    },
  })
  vi.stubGlobal('navigator', { languages: ['en'], userAgent: '', maxTouchPoints: 0, serviceWorker: { getRegistration: async () => ({ pushManager }) } })
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string, body?: string }) => {
    server.calls.push(`${method} ${path.split('/reminders')[1]}`)
    if (path.endsWith('/wish'))
      server.on = (JSON.parse(body ?? '') as { on: boolean }).on
    if (path.endsWith('/device'))
      server.devices = 1
    return new Response(JSON.stringify(method === 'GET' ? { key: 'AQID', on: server.on, devices: server.devices } : {}))
  })
}

beforeEach(() => {
  localStorage.clear()
  aBrowser()
})
afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
  vi.unstubAllGlobals()
})

async function today(...rows: Parameters<typeof aCompany>) {
  open.replica = await aCompany(...rows)
  open.page = show(TodayPage, open.replica)
  const page = open.page
  const press = async (text: string) => {
    await until(() => expect(page.findAll('button').some(button => button.text() === text)).toBe(true))
    await page.findAll('button').find(button => button.text() === text)?.trigger('click')
  }
  return { page, press, offer: () => page.find('section[data-remind]') }
}

describe('being asked whether to be reminded', () => {
  it('comes when the last number that was asked for is in, never on opening; the browser asks after a tap alone', async () => {
    const { page, press, offer } = await today([aKpi('Cash'), aKpi('Sales'), scores('Sales', { '2026-W47': 3 })])
    await press('Next')
    await until(() => expect(page.find('dialog .pad').exists()).toBe(true))
    expect([offer().exists(), server.calls]).toEqual([false, []])
    await press('4')
    await press('Done')
    await until(() => expect(offer().exists()).toBe(true))
    expect(browser.asked).toBe(0)
    browser.permission = 'granted'
    await press('Remind me')
    await until(() => expect([offer().exists(), server.on, server.devices]).toEqual([false, true, 1]))
  })

  it('comes after a meeting was left, and "not now" is kept for 30 days', async () => {
    const { press, offer } = await today([aKpi('Cash')])
    useActs().ended = true
    await press('Not now')
    await until(() => expect(offer().exists()).toBe(false))
    expect(Date.now() - Number(localStorage.getItem('otp.remind'))).toBeLessThan(60_000)
    expect(browser.asked).toBe(0)
  })

  it.each([['has said no', { on: false }, {}, ['GET ']], ['is told already', { on: true, devices: 1 }, { subscription: { endpoint: 'https://push.example.com/1' } }, ['GET ']], ['has blocked it', {}, { permission: 'denied' }, []]])('does not come to who %s', async (_who, says, has, calls) => {
    Object.assign(server, says)
    Object.assign(browser, has)
    const { offer } = await today([aKpi('Cash')])
    useActs().ended = true
    await until(() => expect(open.page?.text()).toContain('0 of 1'))
    await until(() => expect(server.calls).toEqual(calls))
    expect(offer().exists()).toBe(false)
  })
})

describe('the switch in settings', () => {
  async function row() {
    open.replica = await aCompany()
    open.page = show(RemindRow, open.replica)
    const box = open.page.get<HTMLInputElement>('input')
    await until(() => expect(server.calls).toEqual(['GET ']))
    const says = (text: string) => until(() => expect(open.page?.get('[role=status]').text()).toContain(text))
    return { box, says }
  }

  it('turns it on for this person and this device, and off for all of them', async () => {
    const { box, says } = await row()
    await until(() => expect(box.element.disabled).toBe(false))
    await says('Two hours before')
    browser.permission = 'granted'
    await box.setValue(true)
    await says('On: this device tells you')
    expect([server.on, server.devices]).toEqual([true, 1])
    await until(() => expect(box.element.disabled).toBe(false))
    await box.setValue(false)
    await says('Two hours before')
    expect(server.on).toBe(false)
  })

  it('says that it is on and not here, and adds this device', async () => {
    Object.assign(server, { on: true, devices: 1 })
    const { box, says } = await row()
    await says('not on this device yet')
    expect(box.element.checked).toBe(true)
    browser.permission = 'granted'
    await open.page?.get('button').trigger('click')
    await says('On: this device tells you')
  })

  it('tells the truth where the browser blocks it, cannot do it, must be installed first, or nobody answers', async () => {
    browser.permission = 'denied'
    const { says } = await row()
    await says('blocks OTP')
    for (const [agent, words] of [['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0)', 'home screen'], ['', 'cannot show reminders']] as const) {
      open.page?.unmount()
      vi.stubGlobal('PushManager', undefined)
      Reflect.deleteProperty(globalThis, 'PushManager')
      vi.stubGlobal('navigator', { languages: ['en'], userAgent: agent, maxTouchPoints: 0 })
      open.page = show(RemindRow, open.replica as Replica)
      await says(words)
    }
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('offline')))
    open.page?.unmount()
    open.page = show(RemindRow, open.replica as Replica)
    await says('could not be asked')
    expect(open.page.get<HTMLInputElement>('input').element.disabled).toBe(true)
  })
})

it('a reminder opens the pad on the first number it spoke of, of that team and period alone', async () => {
  const slot = { weekday: 3, time: '15:00', minutes: 60 }
  const { page } = await today([aKpi('Cash'), aKpi('Sales'), aKpi('Calls', { seat: 'seat_scout' }), scores('Cash', { '2026-W46': 3 }), { kind: 'team', id: 'team_1', body: { 'name': 'Leads', slot, 'seat/seat_ceo': true } }])
  await until(() => expect(page.text()).toContain('0 of 3'))
  await page.vm.$router.push('/today?enter=1&team=team_1&day=2026-11-18')
  await until(() => expect(page.find('dialog .pad').exists()).toBe(true))
  expect(page.get('dialog').text()).toContain('Sales')
  expect(page.get('dialog').text()).toContain('Week 46')
  await until(() => expect(page.vm.$route.fullPath).toBe('/today'))
})

it('the badge counts missing numbers once their meeting is near, to-dos due and votes to give, and goes at zero', async () => {
  const badge: number[] = []
  vi.stubGlobal('navigator', { languages: ['en'], userAgent: '', maxTouchPoints: 0, setAppBadge: async (count: number) => void badge.push(count), clearAppBadge: async () => void badge.push(0) })
  const slot = (time: string) => ({ weekday: 3, time, minutes: 60 })
  const todo = (id: string, due: string) => ({ kind: 'todo' as const, id, body: { title: id, owner: me, asker: me, askedAt: noon, due, state: 'open' as const } })
  const replica = open.replica = await aCompany([
    aKpi('Cash'),
    aKpi('Calls', { seat: 'seat_scout' }),
    // Noon in London is 13:00 in Berlin.
    { kind: 'team', id: 'team_1', body: { 'name': 'Near', 'slot': slot('15:00'), 'seat/seat_ceo': true } },
    { kind: 'team', id: 'team_2', body: { 'name': 'Far', 'slot': slot('16:00'), 'seat/seat_scout': true } },
    todo('today', '2026-11-18'),
    todo('later', '2026-11-19'),
    { kind: 'round', id: 'round_1', body: { team: 'team_1', state: 'open', issues: ['iss_1'], voters: [me], dots: 3, cap: 1, openedBy: me, openedAt: noon } },
  ])
  open.page = show(RemindKeeper, replica)
  await until(() => expect(badge.at(-1)).toBe(3))
  await replica.set<'round'>('round_1', { state: 'closed' })
  await replica.set<'todo'>('today', { state: 'done', doneAt: noon })
  await until(() => expect(badge.at(-1)).toBe(1))
  const { kind, id, body } = scores('Cash', { '2026-W46': 3 })
  await replica.add(kind, body as never, id)
  await until(() => expect(badge.at(-1)).toBe(0))
})
