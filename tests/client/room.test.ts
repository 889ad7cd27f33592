import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { clockOf, turnsOf } from '#shared/meeting/clock.ts'
import { meetingId } from '#shared/record/ids.ts'
import OwnRoom from '../../client/components/meeting/room/OwnRoom.vue'
import RoomScreen from '../../client/components/meeting/RoomScreen.vue'
import { useRoomStream } from '../../client/composables/useRoomStream.ts'
import { aCompany, aKpi, me, noon, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const id = meetingId('team_1', '2026-11-18')
const issue = (key: string, title: string) => ({ kind: 'issue' as const, id: key, body: { title, state: 'open' as const, horizon: 'now' as const, team: 'team_1', raisedBy: me, raisedAt: noon } })
const round = { kind: 'round' as const, id: 'round_1', body: { 'team': 'team_1', 'meeting': id, 'state': 'open' as const, 'issues': ['iss_1', 'iss_2'], 'voters': [me, 'mem_ana'], 'dots': 3, 'cap': 3, 'openedBy': me, 'openedAt': noon, 'voted/mem_ana': true as const } }

const press = (key: string, target: EventTarget = document.body) => target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const title = (page: VueWrapper) => page.get('h1').text()

describe('a room\'s screen', () => {
  let replica: Replica
  let page: VueWrapper
  const meeting = async () => {
    const found = await replica.get<'meeting'>(id)
    return found ? found.d : undefined
  }
  beforeEach(async () => {
    replica = await aCompany([
      { kind: 'team', id: 'team_1', body: { 'name': 'Leads', 'seat/seat_ceo': true } },
      { kind: 'meeting', id, body: { team: 'team_1', day: '2026-11-18', state: 'live', agenda: agendaOf({}), startedBy: me, startedAt: noon - 60_000, facilitator: me, [`here/${me}`]: noon } },
      aKpi('Signups', { title: 'Signups' }),
      scores('Signups', { '2026-W46': 44 }),
      issue('iss_1', 'Late parts'),
      issue('iss_2', 'Price list'),
      round,
    ])
    page = show(OwnRoom, replica, { id })
    await until(() => expect(title(page)).toBe('Check-in'))
  })
  afterEach(async () => {
    page.unmount()
    await replica.close()
  })

  it('goes through the agenda by arrow keys and a presenter\'s remote', async () => {
    press('ArrowRight')
    await until(() => expect(title(page)).toBe('Scorecard'))
    await until(() => expect(page.get('.room-row').text()).toContain('44'))
    press('PageDown')
    await until(() => expect(title(page)).toBe('Priorities'))
    press('PageUp')
    await until(() => expect(title(page)).toBe('Scorecard'))
    press('ArrowLeft')
    await until(() => expect(title(page)).toBe('Check-in'))
  })

  it('pauses the one clock with the space bar and goes on with it, but not for who presses a button by it', async () => {
    press(' ', page.get('.room-foot button').element)
    press(' ')
    await until(async () => expect(clockOf(await meeting() as never, noon).paused).toBe(true))
    await until(() => expect(page.text()).toContain('paused'))
    press(' ')
    await until(async () => expect(clockOf(await meeting() as never, noon).paused).toBe(false))
    expect(turnsOf(await meeting() as never)).toHaveLength(2)
  })

  it('asks before it closes a vote, and shows no sum before the server has closed it', async () => {
    for (const part of ['Scorecard', 'Priorities', 'Headlines', 'To-dos', 'Issues']) {
      press('ArrowRight')
      await until(() => expect(title(page)).toBe(part))
    }
    await until(() => expect(page.get('[role=status]').text()).toBe('1 of 2 have voted'))
    expect(page.get('.room-voters').text()).toContain('✓ Ana Sol')
    press('v')
    await until(() => expect(page.get('dialog').text()).toContain('Not yet: Mara Ilves'))
    expect((await replica.get<'round'>('round_1'))?.d.state).toBe('open')
    press('ArrowRight', page.get('dialog').element)
    await page.get('dialog .btn.main').trigger('click')
    await until(async () => expect((await replica.get<'round'>('round_1'))?.d.state).toBe('closed'))
    await flushPromises()
    expect(title(page)).toBe('Issues')
    expect(page.get('[role=status]').text()).toBe('1 of 2 have voted')
    expect(page.find('.room-value').exists()).toBe(false)
  })

  it('for whoever only has its link changes nothing: keys show, hide and colour it', async () => {
    const view = page.getComponent(RoomScreen).props('view')
    const pinia = createPinia()
    const screen = mount(RoomScreen, { attachTo: document.body, props: { view, now: noon, live: false, silent: 12_300 }, global: { plugins: [pinia] } })
    page.unmount()
    ;['ArrowRight', 'PageDown', ' ', 'v'].forEach(key => press(key))
    await flushPromises()
    expect(turnsOf(await meeting() as never)).toEqual([])
    expect(screen.get('.room-live').text()).toContain('Not live: last update 12 s ago')
    press('?')
    await until(() => expect(screen.get('dialog').text()).toContain('Full screen'))
    expect(screen.get('dialog').text()).not.toContain('Next part')
    press('t')
    expect(['light', 'dark']).toContain(pinia.state.value.preferences?.theme)
    screen.unmount()
  })
})

describe('the line to a room\'s screen', () => {
  class Line {
    static readonly opened: Line[] = []
    onmessage: (event: { data: string }) => void = () => {}
    onerror: () => void = () => {}
    closed = false
    constructor() {
      Line.opened.push(this)
    }

    close = () => void (this.closed = true)
    say = (message: object) => this.onmessage({ data: JSON.stringify(message) })
  }
  let answer: { status: number, body: object }
  const scope = { stop: () => {} }
  beforeEach(() => {
    vi.useFakeTimers()
    Line.opened.length = 0
    answer = { status: 200, body: {} }
    vi.stubGlobal('EventSource', Line)
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify(answer.body), { status: answer.status }))
  })
  afterEach(() => {
    scope.stop()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })
  function aLine() {
    const made = effectScope()
    scope.stop = () => made.stop()
    const stream = made.run(() => useRoomStream('secret')) as ReturnType<typeof useRoomStream>
    return { ...stream, last: () => Line.opened.at(-1) as Line }
  }
  const view = { meeting: id }

  it('shows the server\'s time whatever the device\'s clock says', () => {
    const { last, now, stage } = aLine()
    last().say({ now: Date.now() + 3_600_000, view })
    expect([stage.value, now.value - Date.now()]).toEqual(['live', 3_600_000])
  })

  it('opens again by itself where it broke, and says meanwhile how old its news is', async () => {
    const { last, stage, silent, view: shown } = aLine()
    last().say({ now: 1, view })
    last().onerror()
    await vi.advanceTimersByTimeAsync(400)
    expect([stage.value, Line.opened.length, Line.opened[0]?.closed]).toEqual(['late', 1, true])
    await vi.advanceTimersByTimeAsync(12_000)
    expect([Line.opened.length, silent.value >= 12_000, shown.value]).toEqual([2, true, view])
    last().say({ now: 2, view })
    expect([stage.value, silent.value]).toEqual(['live', 0])
  })

  it('takes a line that has been silent for 45 s for dead', async () => {
    const { last, stage } = aLine()
    last().say({ now: 1, view })
    await vi.advanceTimersByTimeAsync(44_000)
    last().say({ now: 2 })
    await vi.advanceTimersByTimeAsync(44_000)
    expect(stage.value).toBe('live')
    await vi.advanceTimersByTimeAsync(1_000)
    expect(stage.value).toBe('late')
  })

  it('ends where the link has ended, told so or found so, and not where the server cannot be reached', async () => {
    const { last, stage } = aLine()
    last().say({ now: 1, view })
    answer = { status: 503, body: { code: 'stopping' } }
    last().say({ bye: 'stopping' })
    await vi.advanceTimersByTimeAsync(3000)
    expect([stage.value, Line.opened.length]).toEqual(['late', 2])
    answer = { status: 404, body: { code: 'room-gone' } }
    last().onerror()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([stage.value, Line.opened.length]).toEqual(['gone', 2])
  })
})
