import type { VueWrapper } from '@vue/test-utils'
import type { Replica } from '../../client/db/types.ts'
import { mount } from '@vue/test-utils'
import * as fc from 'fast-check'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, nextTick, shallowRef } from 'vue'
import { sections } from '#shared/record/meetingWords.ts'
import TeamSheet from '../../client/components/settings/TeamSheet.vue'
import { agendaLines, moveLine } from '../../client/composables/agendaForm.ts'
import { decisionsIn, searchDecisions } from '../../client/composables/decisions.ts'
import { joinPath, sittingPath } from '../../client/composables/sittingLink.ts'
import { isTyping } from '../../client/composables/typing.ts'
import { useCompany } from '../../client/composables/useCompany.ts'
import { useBuzz, useWakeLock } from '../../client/composables/useRoomSense.ts'
import { formatTimer } from '../../client/text/timer.ts'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const within = (setup: () => void) => open.page = mount(defineComponent({ setup, template: '<i />' }))

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
  delete open.replica
  document.body.innerHTML = ''
  vi.unstubAllGlobals()
})

describe('a phone in the room', () => {
  it('keeps its screen on while it attends, asks again when it comes back, and lets go after', async () => {
    const locks: { released: boolean, release: () => Promise<void> }[] = []
    const request = vi.fn(async () => {
      const lock = { released: false, release: async () => void (lock.released = true) }
      locks.push(lock)
      return lock
    })
    vi.stubGlobal('navigator', { ...navigator, wakeLock: { request } })
    const attends = shallowRef(false)
    within(() => useWakeLock(() => attends.value))
    expect(request).not.toHaveBeenCalled()
    attends.value = true
    await until(() => expect(locks).toHaveLength(1))
    Object.assign(locks[0] ?? {}, { released: true })
    document.dispatchEvent(new Event('visibilitychange'))
    await until(() => expect(locks).toHaveLength(2))
    attends.value = false
    await until(() => expect(locks[1]?.released).toBe(true))
  })

  it('does without, where the browser has no such thing', async () => {
    vi.stubGlobal('navigator', { languages: ['en'] })
    const section = shallowRef<typeof sections[number]>('checkIn')
    within(() => {
      useWakeLock(() => true)
      useBuzz(() => section.value)
    })
    section.value = 'issues'
    await nextTick()
    expect(open.page?.exists()).toBe(true)
  })

  it('buzzes when the room moves on, and not for who wants less motion', async () => {
    const vibrate = vi.fn()
    const less = shallowRef(false)
    vi.stubGlobal('navigator', { vibrate })
    vi.stubGlobal('matchMedia', () => ({ matches: less.value }))
    const section = shallowRef<typeof sections[number]>()
    within(() => useBuzz(() => section.value))
    for (const next of ['checkIn', 'scorecard'] as const) {
      section.value = next
      await nextTick()
    }
    expect(vibrate).toHaveBeenCalledTimes(1)
    less.value = true
    section.value = 'issues'
    await nextTick()
    expect(vibrate).toHaveBeenCalledTimes(1)
  })

  it('is typed on while its field holds text or a sheet is open', () => {
    document.body.innerHTML = '<input id="a"><input id="b" type="checkbox" value="on"><input id="c" readonly value="link"><dialog></dialog>'
    const at = (id: string, text?: string) => {
      const field = document.getElementById(id) as HTMLInputElement
      field.focus()
      if (text !== undefined)
        field.value = text
      return isTyping(document)
    }
    expect([at('a'), at('a', 'Hm'), at('b'), at('c')]).toEqual([false, true, false, false])
    document.querySelector('dialog')?.setAttribute('open', '')
    expect(isTyping(document)).toBe(true)
  })
})

describe('what a meeting is called', () => {
  it('has an address of its own for every team and sitting of a day', () => {
    expect(sittingPath('meeting:team_1:2026-11-23')).toBe('/meeting/live/team_1/2026-11-23')
    expect(joinPath('meeting:team:of:four/2026:2026-11-23.2')).toBe('/meeting/live/team%3Aof%3Afour%2F2026/2026-11-23.2?join')
  })

  it('shows time as a clock does, never below nothing', () => {
    expect([0, 59_999, 247_000, 4_350_000, -5].map(formatTimer)).toEqual(['0:00', '0:59', '4:07', '72:30', '0:00'])
  })
})

describe('decisions', () => {
  const issue = (id: string, decision: string, solvedAt: number) => ({ id, d: { title: `About ${id}`, state: 'solved' as const, horizon: 'now' as const, raisedBy: me, raisedAt: noon, solvedAt, decision } })

  it('are found by all the words typed, in any order, case and accent', () => {
    const all = decisionsIn([issue('prices', 'Raise them in the Café', noon), issue('hiring', 'Two more people', noon + 1)], [])
    expect(all.map(one => one.issue)).toEqual(['hiring', 'prices'])
    expect(searchDecisions(all, 'CAFE raise').map(one => one.issue)).toEqual(['prices'])
    expect([searchDecisions(all, ' '), searchDecisions(all, 'raise elephants')]).toEqual([[], []])
  })
})

describe('the agenda editor', () => {
  it('moved up and down again is as it was, and never loses a part', () => {
    fc.assert(fc.property(fc.nat(6), fc.constantFrom(1 as const, -1 as const), (at, by) => {
      const lines = agendaLines(undefined)
      const moved = moveLine(lines, at, by)
      expect(moved.map(line => line.section).sort()).toEqual([...sections].sort())
      expect(moveLine(moved, at, by)).toEqual(lines)
      expect(moved.every((line, n) => line === lines[n])).toBe(!lines[at + by])
    }))
  })

  it('writes order and minutes of what changed alone, and keeps the meeting’s own time zone', async () => {
    const body = { name: 'Leadership', slot: { weekday: 1, time: '09:00', minutes: 90, timeZone: 'Asia/Tokyo' } }
    open.replica = await aCompany([{ kind: 'team', id: 'team_1', body }])
    const team = await open.replica.get<'team'>('team_1')
    const page = open.page = show(defineComponent({
      components: { TeamSheet },
      setup: () => ({ company: useCompany(), team, open: shallowRef(true) }),
      template: '<TeamSheet v-model:open="open" :company="company" :team="team" />',
    }), open.replica)
    await until(() => page.get('[aria-label="Scorecard: earlier"]').trigger('click'))
    await page.get('[aria-label="Issues, minutes"]').setValue('x')
    await page.get('form').trigger('submit')
    expect(page.get('[role=alert]').text()).toBe('0 to 480 whole minutes each.')
    await page.get('[aria-label="Issues, minutes"]').setValue('40')
    await page.get('form').trigger('submit')
    await until(async () => expect((await open.replica?.get<'team'>('team_1'))?.d).toEqual({
      ...body,
      'agenda/scorecard': { place: 0, minutes: 5 },
      'agenda/checkIn': { place: 1, minutes: 5 },
      'agenda/issues': { place: 5, minutes: 40 },
    }))
  })
})
