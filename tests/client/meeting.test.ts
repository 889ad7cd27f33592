import type { VueWrapper } from '@vue/test-utils'
import type { Meeting } from '#shared/record/meeting.ts'
import type { Recap } from '#shared/record/recap.ts'
import type { Rec, Replica } from '../../client/db/types.ts'
import { map } from 'rxjs'
import { afterEach, describe, expect, it } from 'vitest'
import { agendaOf } from '#shared/meeting/agenda.ts'
import { turnFields } from '#shared/meeting/clock.ts'
import { joinCode } from '#shared/meeting/code.ts'
import { meetingId, recapId } from '#shared/record/ids.ts'
import LiveMeetingPage from '../../client/pages/LiveMeetingPage.vue'
import MeetingPage from '../../client/pages/MeetingPage.vue'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const team = { kind: 'team' as const, id: 'team_1', body: { 'name': 'Leadership', 'seat/seat_ceo': true as const, 'slot': { weekday: 1, time: '09:00', minutes: 90 } } }
const id = meetingId('team_1', '2026-11-18')
const minute = 60_000
const sitting = (more: Partial<Meeting> = {}) => ({ kind: 'meeting' as const, id, body: { team: 'team_1', day: '2026-11-18', state: 'live' as const, agenda: agendaOf({}), startedBy: me, startedAt: noon - 10 * minute, facilitator: me, [`here/${me}`]: noon - 10 * minute, ...more } as Meeting })
const turn = (section: 'issues' | 'headlines' | 'close' | 'scorecard', at = noon) => turnFields(crypto.randomUUID(), { at, by: 'mem_ana', section })
const stored = async () => (await open.replica?.get<'meeting'>(id))?.d
const page = () => open.page as VueWrapper
const button = (name: string) => page().findAll('button').find(one => (one.attributes('aria-label') ?? one.text()) === name)
const press = async (name: string) => (await until(() => button(name) ?? Promise.reject(new Error(`no ${name}`)))).trigger('click')
const shown = () => page().get('[role=tab][aria-selected=true]').text()

/** The same replica as it is once the server has taken everything. */
function confirmed(replica: Replica): Replica {
  return { ...replica, one: ((wanted: string) => replica.one(wanted).pipe(map((rec: Rec | undefined) => rec && { ...rec, waiting: [] }))) as Replica['one'] }
}

async function sit(rows: Parameters<typeof aCompany>[0] = [sitting()], as = (replica: Replica) => replica) {
  open.replica = await aCompany([team, ...rows ?? []])
  open.page = show(LiveMeetingPage, as(open.replica), { id })
  await until(() => expect(page().text()).toContain('Leadership'))
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('following the room', () => {
  it('shows the part the room is in, and goes along', async () => {
    await sit()
    await until(() => expect(shown()).toContain('Check-in'))
    await open.replica?.set<'meeting'>(id, turn('headlines'))
    await until(() => expect(shown()).toContain('Headlines'))
    expect(page().text()).not.toContain('Return to')
  })

  it('lets one look elsewhere, says the way back, and follows again', async () => {
    await sit()
    await until(() => expect(shown()).toContain('Check-in'))
    await page().get('#tab-issues').trigger('click')
    expect(shown()).toContain('Issues')
    await open.replica?.set<'meeting'>(id, turn('headlines'))
    await press('Return to Headlines')
    expect(shown()).toContain('Headlines')
    await open.replica?.set<'meeting'>(id, turn('close', noon + 1))
    await until(() => expect(shown()).toContain('Close'))
  })

  it('leaves who is typing where they are, with what they typed, and says where the room went', async () => {
    await sit([sitting({ ...turn('close', noon - minute), [`rating/${me}`]: { score: 5, at: noon } })])
    await until(() => expect(shown()).toContain('Close'))
    const field = await until(() => page().get('.rate-why input'))
    ;(field.element as HTMLInputElement).focus()
    await field.setValue('Too long')
    await open.replica?.set<'meeting'>(id, turn('headlines'))
    await until(() => expect(page().text()).toContain('The room moved on to Headlines'))
    expect(shown()).toContain('Close')
    expect((page().get('.rate-why input').element as HTMLInputElement).value).toBe('Too long')
    await press('Go')
    expect(shown()).toContain('Headlines')
    await page().get('#tab-close').trigger('click')
    await until(() => expect((page().get('.rate-why input').element as HTMLInputElement).value).toBe('Too long'))
  })
})

describe('running it', () => {
  it('moves the room on, pauses and goes on from the facilitator’s phone', async () => {
    await sit()
    await press('Next: Scorecard')
    await until(() => expect(shown()).toContain('Scorecard'))
    await press('Pause')
    await until(() => expect(page().get('.meet-clock').text()).toContain('paused'))
    await press('Resume')
    await until(() => expect(page().get('.meet-clock').text()).not.toContain('paused'))
  })

  it('says in a word and a shape that a part is over its time', async () => {
    await sit()
    await until(() => expect(page().get('.meet-part').text()).toContain('10:00'))
    expect(page().get('.meet-clock').text()).toContain('over by 5:00')
    expect(page().get('.meet-clock .state').text()).toContain('■')
  })

  it('is taken over with one tap by anybody attending', async () => {
    await sit([sitting({ facilitator: 'mem_ana' })])
    await until(() => expect(page().text()).toContain('Ana Sol facilitates'))
    expect(button('Next: Scorecard')).toBeUndefined()
    await press('Take over')
    await until(async () => expect((await stored())?.facilitator).toBe(me))
    await until(() => expect(button('Next: Scorecard')).toBeDefined())
  })

  it('is told to no screen reader by the second', async () => {
    await sit()
    await until(() => expect(page().findAll('[role=timer]')).toHaveLength(2))
    expect(page().findAll('[role=timer]').every(one => one.attributes('aria-live') === 'off')).toBe(true)
    expect(page().findAll('[role=status], [aria-live=polite]').every(one => !/\d:\d\d/.test(one.text()))).toBe(true)
  })
})

describe('the end', () => {
  const atClose = (more: Partial<Meeting> = {}) => [sitting({ ...turn('close', noon - minute), 'here/mem_ana': noon - minute, ...more })]

  it('is rated with one tap, and a low one asks why', async () => {
    await sit(atClose())
    await press('Rate it 9')
    await until(async () => expect((await stored())?.[`rating/${me}`]?.score).toBe(9))
    expect(page().find('.rate-why').exists()).toBe(false)
    await press('Rate it 6')
    await until(() => expect(page().find('.rate-why').exists()).toBe(true))
    await page().get('.rate-why input').setValue('Too long')
    await page().get('.rate-why').trigger('submit')
    await until(async () => expect((await stored())?.[`rating/${me}`]).toMatchObject({ score: 6, why: 'Too long' }))
  })

  it('counts in the average only who rated', async () => {
    await sit(atClose({ 'rating/mem_ana': { score: 9, at: noon } }))
    await press('Rate it 8')
    await until(() => expect(page().text()).toContain('2 of 2 have rated'))
    expect(page().get('.num').text()).toBe('8.5')
  })

  it('needs two steps, and names who has not rated and what was not opened', async () => {
    await sit(atClose())
    await press('End meeting')
    await until(() => expect(page().get('dialog').text()).toContain('Not rated yet: Mara Ilves, Ana Sol'))
    expect(page().get('dialog').text()).toContain('Not opened: Scorecard, Priorities, Headlines, To-dos, Issues')
    expect((await stored())?.state).toBe('live')
    await press('Not yet')
    expect((await stored())?.state).toBe('live')
    await press('End meeting')
    await press('End it for everyone')
    await until(async () => expect((await stored())?.state).toBe('closed'))
  })

  it('leaves who is typing where they are, and shows the record when they say so', async () => {
    await sit(atClose({ [`rating/${me}`]: { score: 5, at: noon } }), confirmed)
    const field = await until(() => page().get('.rate-why input'))
    ;(field.element as HTMLInputElement).focus()
    await field.setValue('Too long')
    await open.replica?.set<'meeting'>(id, { state: 'closed', closedBy: 'mem_ana', closedAt: noon })
    await until(() => expect(page().text()).toContain('The meeting is over'))
    expect((page().get('.rate-why input').element as HTMLInputElement).value).toBe('Too long')
    await press('Recap')
    await until(() => expect(page().text()).toContain('The record is on its way'))
  })

  it('waits for confirmation with no signal, and can be taken back', async () => {
    await sit(atClose({ state: 'closed', closedBy: me, closedAt: noon }))
    await until(() => expect(page().text()).toContain('Ending, waiting for confirmation'))
    await press('Keep it open')
    await until(async () => expect((await stored())?.state).toBe('live'))
    await until(() => expect(page().text()).not.toContain('waiting for confirmation'))
  })
})

describe('the record', () => {
  const recap: Recap = { meeting: id, team: 'team_1', name: 'Leadership', day: '2026-11-18', startedAt: noon - 90 * minute, closedAt: noon, facilitator: 'Mara Ilves', here: [{ member: me, name: 'Mara Ilves', at: noon }], ratings: [{ member: me, name: 'Mara Ilves', score: 9 }], spent: [], scores: [], priorities: [], headlines: [], made: [], due: 4, done: 3, solved: [{ issue: 'iss_a', title: 'Prices', decision: 'Raise them by café time' }], votes: [] }
  const over = [sitting({ 'state': 'closed', 'closedBy': me, 'closedAt': noon, 'here/mem_ana': noon + minute, 'rating/mem_ana': { score: 4, at: noon + minute } }), { kind: 'recap' as const, id: recapId(id), body: recap }]

  it('stays as it was, with what came later beside it', async () => {
    await sit(over, confirmed)
    await until(() => expect(page().get('.late').text()).toContain('Ana Sol was here too'))
    expect(page().get('.late').text()).toContain('Ana Sol rated 4')
    expect(page().get('.recap-paper').text()).not.toContain('Ana')
    expect(page().get('.recap-sums').text()).toContain('9')
  })

  it('is found again by words of a decision', async () => {
    open.replica = await aCompany([team, ...over])
    open.page = show(MeetingPage, open.replica)
    const field = await until(() => page().get('input[type=search]'))
    await field.setValue('CAFE prices')
    expect(page().get('[role=search]').text()).toContain('1 decision')
    await field.setValue('elephant')
    expect(page().get('[role=search]').text()).toContain('No decision')
  })
})

describe('joining', () => {
  it('takes one tap where the meeting is seen, and the starter is in it', async () => {
    open.replica = await aCompany([team])
    open.page = show(MeetingPage, open.replica)
    await press('Start meeting')
    await until(async () => expect(Object.keys((await stored()) ?? {})).toContain(`here/${me}`))
    await until(() => expect(page().text()).toContain('Leadership is meeting'))
  })

  it('is done by whoever opens the link, and only once', async () => {
    await sit([sitting({ [`here/${me}`]: undefined })])
    await until(() => expect(page().text()).toContain('You are looking on.'))
    expect((await stored())?.[`here/${me}`]).toBeUndefined()
    const router = page().vm.$router
    await router.push('/meeting/live/team_1/2026-11-18?join')
    await until(async () => expect((await stored())?.[`here/${me}`]).toBe(noon))
    await until(() => expect(router.currentRoute.value.fullPath).toBe('/meeting/live/team_1/2026-11-18'))
    await press('1 here: invite and who is here')
    await until(() => expect(page().get('dialog').text()).toContain(joinCode(id)))
    expect((page().get('.link-text').element as HTMLInputElement).value).toMatch(/\/meeting\/live\/team_1\/2026-11-18\?join$/)
  })

  it('is not for a viewer, who may look on', async () => {
    open.replica = await aCompany([team, sitting({ [`here/${me}`]: undefined })])
    await open.replica.set<'member'>(me, { role: 'viewer' })
    open.page = show(LiveMeetingPage, open.replica, { id })
    await until(() => expect(page().text()).toContain('You are looking on.'))
    expect([button('Join'), button('Take over'), button('Next: Scorecard')]).toEqual([undefined, undefined, undefined])
  })

  it('finds the meeting by the four letters, however they are typed', async () => {
    open.replica = await aCompany([team, sitting({ [`here/${me}`]: undefined })])
    open.page = show(MeetingPage, open.replica)
    await press('Join by code')
    const field = await until(() => page().get('dialog input'))
    await field.setValue('????')
    await page().get('dialog form').trigger('submit')
    expect(page().get('dialog').text()).toContain('No meeting with this code')
    await field.setValue(`${joinCode(id).toLowerCase()} `)
    await page().get('dialog form').trigger('submit')
    await until(() => expect(page().vm.$router.currentRoute.value.fullPath).toBe('/meeting/live/team_1/2026-11-18?join'))
  })
})
