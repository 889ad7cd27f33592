import type { VueWrapper } from '@vue/test-utils'
import type { TreeSeat } from '#shared/chart/tree.ts'
import type { Replica } from '../../client/db/types.ts'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { shallowRef } from 'vue'
import { buildChart, walk } from '#shared/chart/tree.ts'
import { foundChoices } from '../../client/composables/choices.ts'
import { firstOpen, outlineRows, typedRow, unplacedId } from '../../client/composables/outlineRules.ts'
import { useOutlineKeys } from '../../client/composables/useOutlineKeys.ts'
import OrgPage from '../../client/pages/OrgPage.vue'
import { aCompany, me, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')
const tree = (...pairs: [id: string, reportsTo?: string][]) => buildChart(pairs.map(([id, reportsTo]) => ({ id, title: id, reportsTo })))
const small = tree(['ann'], ['bob', 'ann'], ['cid', 'bob'], ['dan', 'ann'], ['lost', 'nobody'])
const ids = (opened: string[], chart = small) => outlineRows(chart, new Set(opened), 'No place').map(row => row.id)

/** Any seats, also in circles, reporting to themselves or to nobody known. */
const anyChart = fc.array(fc.integer({ min: -1, max: 12 }), { minLength: 1, maxLength: 12 })
  .map(above => buildChart(above.map((to, n): TreeSeat => ({ id: `s${n}`, title: `s${n}`, ...to >= 0 && { reportsTo: `s${to}` } }))))

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('the outline', () => {
  it('shows what is open, managers before their reports, the seats without a place last', () => {
    expect(ids([])).toEqual(['ann', unplacedId])
    expect(ids(['ann', 'bob'])).toEqual(['ann', 'bob', 'cid', 'dan', unplacedId])
    expect(ids([unplacedId])).toEqual(['ann', unplacedId, 'lost'])
  })

  it('loses no seat and shows none twice, however broken the chart', () => {
    fc.assert(fc.property(anyChart, (chart) => {
      const all = [...walk([...chart.roots, ...chart.unplaced])].map(node => node.seat.id)
      const rows = outlineRows(chart, new Set([...all, unplacedId]), 'No place').map(row => row.id).filter(id => id !== unplacedId)
      expect(rows.sort()).toEqual(all.sort())
    }))
  })

  it('tells each line’s level, place and number of siblings as a tree has them', () => {
    fc.assert(fc.property(anyChart, (chart) => {
      const all = [...walk([...chart.roots, ...chart.unplaced])].map(node => node.seat.id)
      const rows = outlineRows(chart, new Set([...all, unplacedId]), 'No place')
      rows.forEach((row) => {
        const siblings = rows.filter(other => other.above === row.above)
        expect([row.setsize, row.posinset]).toEqual([siblings.length, siblings.indexOf(row) + 1])
        expect(row.level).toBe(row.above ? (rows.find(other => other.id === row.above)?.level ?? 0) + 1 : 1)
      })
    }))
  })

  it('is whole at first where it is small, and two levels where it is large', () => {
    const large = tree(['top'], ...Array.from({ length: 70 }, (_, n): [string, string] => [`s${n}`, n % 2 ? `s${n - 1}` : 'top']))
    expect(ids([...firstOpen(small)])).toEqual(['ann', 'bob', 'cid', 'dan', unplacedId])
    expect(firstOpen(large)).toEqual(new Set(['top']))
  })
})

describe('the keys of the outline', () => {
  function keys(opened: string[]) {
    const state = shallowRef({ at: 'ann' as string, open: new Set(opened), chosen: '' })
    const set = (part: Partial<typeof state.value>) => state.value = { ...state.value, ...part }
    const rows = () => outlineRows(small, state.value.open, 'No place')
    const { key } = useOutlineKeys({
      rows,
      at: () => state.value.at,
      go: at => set({ at }),
      setOpen: (id, wanted) => set({ open: new Set(wanted ? [...state.value.open, id] : [...state.value.open].filter(one => one !== id)) }),
      choose: chosen => set({ chosen }),
    })
    const type = (...pressed: string[]) => pressed.map((name) => {
      key(new KeyboardEvent('keydown', { key: name }), false)
      return state.value.at
    })
    return { state, type, key }
  }

  it('move down and up, to the ends, and stop there', () => {
    expect(keys(['ann']).type('ArrowDown', 'ArrowUp', 'ArrowUp', 'End', 'ArrowDown', 'Home')).toEqual(['bob', 'ann', 'ann', unplacedId, unplacedId, 'ann'])
  })

  it('open, then go in; close, then go out', () => {
    const { state, type } = keys(['ann'])
    expect(type('ArrowRight', 'ArrowRight', 'ArrowRight')).toEqual(['bob', 'bob', 'cid'])
    expect(type('ArrowLeft', 'ArrowLeft')).toEqual(['bob', 'bob'])
    expect(state.value.open).toEqual(new Set(['ann']))
    expect(type('ArrowLeft')).toEqual(['ann'])
  })

  it('swap sides where the text runs from right to left', () => {
    const { state, key } = keys([])
    key(new KeyboardEvent('keydown', { key: 'ArrowLeft' }), true)
    expect(state.value.open).toEqual(new Set(['ann']))
  })

  it('jump by letters and choose with Enter', () => {
    const { state, type } = keys(['ann'])
    expect(type('d', 'Enter')).toEqual(['dan', 'dan'])
    expect(state.value.chosen).toBe('dan')
  })

  it('leave the browser’s own shortcuts alone', () => {
    const event = new KeyboardEvent('keydown', { key: 'd', ctrlKey: true, cancelable: true })
    keys(['ann']).key(event, false)
    expect(event.defaultPrevented).toBe(false)
  })

  it('go round with the same letter, and narrow with more of them', () => {
    const rows = outlineRows(tree(['sam'], ['sea'], ['Şen'], ['tom']), new Set(), '')
    const at = (from: number, typed: string) => rows[typedRow(rows, from, typed)]?.title
    expect([at(0, 's'), at(1, 's'), at(3, 's'), at(0, 'se'), at(0, 'x')]).toEqual(['sea', 'Şen', 'sam', 'sea', 'sam'])
  })
})

describe('picking one of many', () => {
  it('finds every word typed at the beginning of a word, whatever its accents', () => {
    const choices = [{ id: '1', label: 'Head of Sales', sub: 'Zoë Müller' }, { id: '2', label: 'Sales agent' }]
    expect(['', 'sal', 'muller sales', 'ales'].map(typed => foundChoices(typed, choices).map(({ id }) => id))).toEqual([['1', '2'], ['1', '2'], ['1'], []])
  })
})

describe('the org page', () => {
  async function org(...rows: Parameters<typeof aCompany>) {
    const replica = open.replica = await aCompany(...rows)
    const page = open.page = show(OrgPage, replica)
    await until(() => expect(page.text()).toContain('2 seats · 0 vacant · 1 agents'))
    const seats = () => new Promise<string[]>(resolve => replica.find({ kind: 'seat' }).subscribe(found => resolve(found.map(({ d }) => d.title))).unsubscribe())
    return { replica, page, seats }
  }

  it('answers "who owns X?" with the seat, its owner and what it answers for', async () => {
    const { page } = await org()
    await page.get('input[type=search]').setValue('who owns meetings?')
    expect(page.findAll('.found li').map(line => line.text())).toEqual([expect.stringMatching(/Scout.*owner Mara Ilves · Meetings are booked/)])
    await page.get('input[type=search]').setValue('parking')
    expect(page.text()).toContain('No seat says that')
  })

  it('refuses a seat without an accountability in the form, in the words of the refusal', async () => {
    const { page, seats } = await org()
    await press('Add')
    await page.get('dialog input[maxlength="300"]').setValue('Head of Sales')
    await page.get('dialog form').trigger('submit')
    expect(page.get('dialog [role=alert]').text()).toBe('A seat needs one sentence saying what it answers for.')
    expect(await seats()).toHaveLength(2)
  })

  it('adds an agent’s seat with an owner, as a plan that drafts', async () => {
    const { replica, page } = await org([{ kind: 'team', id: 'team_1', body: { name: 'Leadership' } }])
    await press('Add')
    await page.get('dialog input[value=agent]').setValue(true)
    await page.get('dialog input[maxlength="300"]').setValue('Harbor')
    await page.get('dialog textarea').setValue('Keeps client revenue alive')
    await page.get('dialog form').trigger('submit')
    await until(() => expect(page.find('dialog').exists()).toBe(false))
    const [harbor] = await new Promise<object[]>(resolve => replica.find({ kind: 'seat', parent: 'seat_ceo' }).subscribe(found => found.length && resolve(found.map(({ d }) => d))))
    expect(harbor).toEqual({ kind: 'agent', title: 'Harbor', accountability: 'Keeps client revenue alive', reportsTo: 'seat_ceo', owner: me, stage: 'planned', authority: 'draft' })
  })
})
