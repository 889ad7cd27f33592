import type { VueWrapper } from '@vue/test-utils'
import type { Kept, Replica } from '../../client/db/types.ts'
import { flushPromises } from '@vue/test-utils'
import { of } from 'rxjs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import SyncChip from '../../client/components/shell/SyncChip.vue'
import { lookOf } from '../../client/composables/useSyncState.ts'
import { aCompany, aKpi, scores, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const refusedSeat: Kept = { id: 'kept_1', reason: 'refused', record: 'seat_ceo', kind: 'seat', at: 1, refusal: { code: 'not-allowed' }, fields: { title: 'Chief everything' } }

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('the sync chip', () => {
  it.each([
    ['online', 0, 0, '✓ synced'],
    ['online', 3, 0, '3 waiting'],
    ['offline', 3, 0, 'offline, 3 waiting'],
    ['offline', 0, 0, 'offline'],
    ['online', 2, 1, '! 1 refused'],
    ['signed-out', 2, 0, '! signed out'],
  ] as const)('reads as %s with %i waiting and %i refused', (connection, waiting, kept, words) => {
    const { mark, text } = lookOf(connection, waiting, kept)
    expect([mark, text].filter(Boolean).join(' ')).toBe(words)
  })

  it('does not say synced before the company is here', () => {
    expect(lookOf('online', 0, 0, false).text).toBe('fetching')
  })

  it('opens the list of what waits, in words', async () => {
    open.replica = await aCompany([aKpi('Cash'), scores('Cash', { '2026-W47': 31.5 })])
    open.page = show(SyncChip, open.replica)
    await open.page.get('[data-sync]').trigger('click')
    await until(() => expect(open.page?.text()).toContain('Cash, Week 47: 31.5'))
    expect(open.page.text()).toContain('Not in step with the server yet.')
    expect(open.page.text()).toContain('KPI “Cash”: new')
  })

  it('keeps a refused change with its text and reason until it is sent again or let go', async () => {
    const real = open.replica = await aCompany()
    const letGo = vi.fn(async () => {})
    open.page = show(SyncChip, { ...real, kept: of([refusedSeat]), letGo })
    await open.page.get('[data-sync]').trigger('click')
    await until(() => expect(open.page?.find('[data-kept]').exists()).toBe(true))
    expect(open.page.get('[data-kept]').text()).toMatch(/Your role does not allow this change\..*Chief everything/s)
    const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')
    await press('Change and send again')
    await open.page.get('[data-kept] textarea').setValue('Chief')
    await press('Send')
    await flushPromises()
    await until(() => expect(letGo).toHaveBeenCalledWith('kept_1'))
    expect((await real.get<'seat'>('seat_ceo'))?.d.title).toBe('Chief')
  })
})
