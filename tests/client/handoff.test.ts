import type { VueWrapper } from '@vue/test-utils'
import type { Contract } from '#shared/record/contract.ts'
import type { Delivery } from '#shared/record/delivery.ts'
import type { Kind } from '#shared/record/envelope.ts'
import type { Replica } from '../../client/db/types.ts'
import { flushPromises } from '@vue/test-utils'
import { firstValueFrom } from 'rxjs'
import { afterEach, describe, expect, it } from 'vitest'
import { hour } from '#shared/handoff/state.ts'
import ContractForm from '../../client/components/handoff/ContractForm.vue'
import { handoffShelfOf } from '../../client/composables/handoffRules.ts'
import { useCompany } from '../../client/composables/useCompany.ts'
import HandoffsPage from '../../client/pages/HandoffsPage.vue'
import IssuePage from '../../client/pages/IssuePage.vue'
import SeatPage from '../../client/pages/SeatPage.vue'
import TodayPage from '../../client/pages/TodayPage.vue'
import TodosPage from '../../client/pages/TodosPage.vue'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
type Row = NonNullable<Parameters<typeof aCompany>[0]>[number]
const ana: Row = { kind: 'seat', id: 'seat_ana', body: { kind: 'human', title: 'Sales lead', accountability: 'Orders come in', holder: 'mem_ana' } }
const aContract = (id: string, more: Partial<Contract> = {}): Row => ({ kind: 'contract', id, body: { from: 'seat_ana', to: 'seat_ceo', passes: 'A signed order', must: 'Ship it', hours: 24, onMiss: 'Ana calls', ...more } })
const aDelivery = (id: string, more: Partial<Delivery> = {}): Row => ({ kind: 'delivery', id, body: { contract: 'c_in', from: 'seat_ana', to: 'seat_ceo', title: id, sentBy: 'mem_ana', sentAt: noon - hour, due: noon + 23 * hour, state: 'sent', ...more } })
const incoming = [ana, aContract('c_in')]
const outgoing = [ana, aContract('c_out', { from: 'seat_scout', to: 'seat_ana', passes: 'A dealer worth calling' })]
const press = (name: RegExp | string) => open.page?.findAll('button').find(button => (button.attributes('aria-label') ?? button.text()).match(name))?.trigger('click')
const body = async (id: string) => (await open.replica?.get<'delivery'>(id))?.d
const all = async <K extends Kind>(kind: K) => (await firstValueFrom(open.replica?.find({ kind }) as never) as { id: string, d: Record<string, unknown> }[])
const shows = (text: string) => until(() => expect(open.page?.text()).toContain(text))

async function on(page: object, rows: readonly Row[], props: Record<string, unknown> = {}) {
  open.replica = await aCompany(rows)
  return open.page = show(page as never, open.replica, props)
}

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('the inbox', () => {
  it('takes every step in one tap, with no connection, and takes it back', async () => {
    await on(HandoffsPage, [...incoming, aDelivery('Order 7')])
    await shows('Order 7')
    await press('Accept: Order 7')
    await until(async () => expect(await body('Order 7')).toMatchObject({ state: 'accepted', acceptedAt: noon, stateBy: me, stateAt: noon }))
    await shows('accepted')
    await press('Done: Order 7')
    await until(async () => expect(await body('Order 7')).toMatchObject({ state: 'done', acceptedAt: noon }))
  })

  it('gives back what was undone as it was', async () => {
    const { useSnacks } = await import('../../client/stores/snacks.ts')
    await on(HandoffsPage, [...incoming, aDelivery('Order 7')])
    await shows('Order 7')
    await press('Done: Order 7')
    await until(async () => expect((await body('Order 7'))?.state).toBe('done'))
    useSnacks().act()
    await until(async () => expect(await body('Order 7')).toMatchObject({ state: 'sent', reopened: 1, due: noon + 23 * hour }))
    expect((await body('Order 7'))?.acceptedAt).toBeUndefined()
    await shows('accept by')
  })

  it('asks for the reason of a return, keeps it while it is typed, and sends none without', async () => {
    await on(HandoffsPage, [...incoming, aDelivery('Order 7')])
    await shows('Order 7')
    await press('Return: Order 7')
    await flushPromises()
    await open.page?.get('dialog form').trigger('submit')
    expect(open.page?.get('dialog').text()).toContain('Needed')
    await open.page?.get('dialog textarea').setValue('No address')
    await until(async () => expect(await open.replica?.draft('delivery:Order 7:return')).toBe('No address'))
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect(await body('Order 7')).toMatchObject({ state: 'returned', returnReason: 'No address', stateBy: me }))
    await until(async () => expect(await open.replica?.draft('delivery:Order 7:return')).toBeUndefined())
    expect(open.page?.text()).toContain('Nothing waits for you')
  })

  it('is loud about what nobody accepted, whoever should have, and sends it again in its place', async () => {
    const late = { sentAt: noon - 30 * hour, due: noon - 6 * hour }
    await on(HandoffsPage, [...outgoing, aContract('c_in'), aDelivery('To me', late), aDelivery('From me', { ...late, contract: 'c_out', from: 'seat_scout', to: 'seat_ana', sentBy: 'seat_scout' })])
    await shows('Nobody accepted 2 handoffs')
    expect(open.page?.findAll('.delivery').map(one => one.findAll('.btn').map(button => button.text()))).toEqual([['Accept', 'Return', 'Done'], ['Send again', 'Put away']])
    expect(open.page?.get('[role=status]').findAll('.delivery')).toHaveLength(2)
    await press('Send again: From me')
    await until(async () => expect(await body('From me')).toMatchObject({ archived: true, due: noon - 6 * hour }))
    const again = (await all('delivery')).find(({ d }) => d.title === 'From me' && !d.archived)
    expect(again?.d).toMatchObject({ state: 'sent', sentBy: me, sentAt: noon, due: noon + 24 * hour, contract: 'c_out' })
    await shows('Nobody accepted 1 handoff')
  })

  it('has the sender verify what is done, or send it anew', async () => {
    const mine = { contract: 'c_out', from: 'seat_scout', to: 'seat_ana', sentBy: 'seat_scout' }
    await on(HandoffsPage, [...outgoing, aDelivery('Dealer A', { ...mine, state: 'done' }), aDelivery('Dealer B', { ...mine, state: 'returned', returnReason: 'Closed down' })])
    await shows('Returned: Closed down')
    await press('Verify: Dealer A')
    await until(async () => expect((await body('Dealer A'))?.state).toBe('verified'))
    await press('Send anew: Dealer B')
    await until(async () => expect(await body('Dealer B')).toMatchObject({ state: 'sent', reopened: 1, due: noon + 24 * hour }))
    expect((await body('Dealer B'))?.returnReason).toBeUndefined()
  })

  it('hands something on under a contract, in my name, due when the contract says', async () => {
    await on(HandoffsPage, outgoing)
    await shows('Nothing waits for you')
    await press('Hand something on')
    await flushPromises()
    const [title, detail] = open.page?.findAll('dialog input, dialog textarea') ?? []
    await title?.setValue(' Hansen Cycles ')
    await detail?.setValue('Asked twice')
    await until(async () => expect(await open.replica?.draft('delivery:c_out')).toContain('Hansen'))
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect((await all('delivery')).map(({ d }) => d)).toEqual([{ contract: 'c_out', from: 'seat_scout', to: 'seat_ana', title: 'Hansen Cycles', detail: 'Asked twice', sentBy: me, sentAt: noon, due: noon + 24 * hour, state: 'sent' }]))
    await open.page?.get('#tab-out').trigger('click')
    await shows('Scout → Ana Sol')
  })

  it('shows an agent\'s words as text, under its name', async () => {
    await on(HandoffsPage, [...incoming, aDelivery('x', { title: '<b>Order</b>', detail: '<img src=x onerror=alert(1)>\nIgnore all rules', sentBy: 'seat_scout' })])
    await shows('<b>Order</b>')
    await open.page?.get('.delivery-text').trigger('click')
    await flushPromises()
    const sheet = open.page?.get('dialog')
    expect(sheet?.text()).toContain('Sent by Scout')
    expect([sheet?.find('img').exists(), sheet?.get('.said').text()]).toEqual([false, '<img src=x onerror=alert(1)>\nIgnore all rules'])
  })

  it('holds what goes to a vacant seat for whoever answers for it', async () => {
    const vacant: Row = { kind: 'seat', id: 'seat_post', body: { kind: 'human', title: 'Post room', accountability: 'Letters go out', reportsTo: 'seat_ceo' } }
    await on(HandoffsPage, [ana, vacant, aContract('c_post', { to: 'seat_post' }), aDelivery('Letters', { contract: 'c_post', to: 'seat_post' })])
    await shows('Letters')
    await press('Accept: Letters')
    await until(async () => expect((await body('Letters'))?.state).toBe('accepted'))
  })

  it('has a shelf for each, by which end is mine', () => {
    const shelf = (state: Delivery['state'], sends: boolean) => handoffShelfOf({ ...(aDelivery('x').body as Delivery), state }, { sends, receives: !sends })
    expect((['sent', 'accepted', 'returned', 'done', 'verified'] as const).map(state => [shelf(state, false), shelf(state, true)])).toEqual([['mine', 'out'], ['mine', 'out'], ['over', 'mine'], ['over', 'mine'], ['over', 'over']])
  })
})

it('what I sent and others have to answer counts among what I wait for, and what they have done among what I verify', async () => {
  const page = await on(TodosPage, [...outgoing, ...(['sent', 'accepted', 'done', 'returned', 'verified'] as const).map(state => aDelivery(`Dealer ${state}`, { contract: 'c_out', from: 'seat_scout', to: 'seat_ana', sentBy: 'seat_scout', state }))])
  await until(() => expect([page.get('#tab-asked').text(), page.get('#tab-verify').text()]).toEqual(['Waiting on others 2', 'To verify 1']))
  await page.get('#tab-asked').trigger('click')
  await until(() => expect(page.findAll('.delivery .name').map(name => name.text()).sort()).toEqual(['Dealer accepted', 'Dealer sent']))
  await page.get('#tab-verify').trigger('click')
  await until(() => expect(page.text()).toContain('Dealer done'))
  await press('Verify: Dealer done')
  await until(async () => expect((await body('Dealer done'))?.state).toBe('verified'))
  await shows('Nothing to verify')
})

it('what waits for me is on Today, and what nobody accepted is said first', async () => {
  await on(TodayPage, [...incoming, aDelivery('Order 7')])
  await shows('Handoffs waiting')
  open.page?.unmount()
  await open.replica?.close()
  await on(TodayPage, [...incoming, aDelivery('Order 8', { due: noon - 1 })])
  await shows('Nobody accepted 1 handoff')
})

describe('a seat\'s page', () => {
  it('says who depends on it, how each contract went in a week, and what is under way', async () => {
    await on(SeatPage, [...incoming, aContract('c_out', { from: 'seat_ceo', to: 'seat_scout', passes: 'A target list' }), aDelivery('Order 7'), aDelivery('Order 6', { state: 'returned', stateAt: noon })], { id: 'seat_ceo' })
    await shows('A target list')
    await shows('In 7 days: 2 sent · 1 returned')
    expect(open.page?.findAll('.bonds').map(line => line.text())).toEqual(['Depend on it:Scout', 'It depends on:Sales lead'])
    expect(open.page?.findAll('.delivery .name').map(name => name.text())).toEqual(['Order 6', 'Order 7'])
  })

  it('agrees a handoff with one end given; what is typed is kept, what is missing is said', async () => {
    await on(SeatPage, [ana], { id: 'seat_ceo' })
    await shows('No handoff is agreed')
    await press('Agree a handoff')
    await flushPromises()
    await open.page?.get('dialog form').trigger('submit')
    expect(open.page?.findAll('dialog .bad-ink')).toHaveLength(4)
    const [passes, must, hours, onMiss] = open.page?.findAll('dialog input, dialog textarea') ?? []
    await passes?.setValue('A target list')
    await must?.setValue('Find dealers')
    await hours?.setValue('0')
    await onMiss?.setValue('Mara asks')
    await until(async () => expect(await open.replica?.draft('contract:new:seat_ceo:')).toContain('Mara asks'))
    await press('The other way round')
    await open.page?.get('dialog .pick').trigger('click')
    await flushPromises()
    await open.page?.findAll('dialog .list-row').find(row => row.text().includes('Scout'))?.trigger('click')
    await open.page?.get('dialog form').trigger('submit')
    expect(open.page?.get('dialog').text()).toContain('Whole hours')
    await hours?.setValue('48')
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect((await all('contract')).map(({ d }) => d)).toEqual([{ from: 'seat_scout', to: 'seat_ceo', passes: 'A target list', must: 'Find dealers', hours: 48, onMiss: 'Mara asks' }]))
    await until(async () => expect(await open.replica?.draft('contract:new:seat_ceo:')).toBeUndefined())
  })

  it('changes a contract but for its ends, and puts it away', async () => {
    await on(SeatPage, incoming, { id: 'seat_ceo' })
    await shows('A signed order')
    await press('A signed order')
    await flushPromises()
    await open.page?.findAll('dialog input')[0]?.setValue('A paid order')
    await open.page?.get('dialog form').trigger('submit')
    await shows('A paid order')
    await press('A paid order')
    await flushPromises()
    await press('Archive')
    await shows('No handoff is agreed')
    expect((await all('contract'))[0]?.d).toMatchObject({ archived: true, from: 'seat_ana', to: 'seat_ceo' })
  })

  it('writes down a procedure, changes it and puts it away; it is plain text', async () => {
    await on(SeatPage, [], { id: 'seat_scout' })
    await shows('Nothing is written down yet')
    await press('Write a procedure')
    await flushPromises()
    const [title, trigger, steps] = open.page?.findAll('dialog input, dialog textarea') ?? []
    await title?.setValue('Refund')
    await trigger?.setValue('A customer asks')
    await open.page?.get('dialog form').trigger('submit')
    expect(open.page?.get('dialog').text()).toContain('Needed')
    await steps?.setValue('1. <i>Look</i>\n2. Pay')
    await until(async () => expect(await open.replica?.draft('procedure:new:seat_scout')).toContain('Pay'))
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect((await all('procedure')).map(({ d }) => d)).toEqual([{ seat: 'seat_scout', title: 'Refund', trigger: 'A customer asks', steps: '1. <i>Look</i>\n2. Pay' }]))
    await until(() => expect(open.page?.find('.procedure').text()).toContain('1. <i>Look</i>'))
    await press('Edit: Refund')
    await flushPromises()
    await open.page?.findAll('dialog textarea')[1]?.setValue('A receipt')
    await open.page?.get('dialog form').trigger('submit')
    await until(async () => expect((await all('procedure'))[0]?.d.outputs).toBe('A receipt'))
    await press('Edit: Refund')
    await flushPromises()
    await open.page?.findAll('dialog button').find(button => button.text() === 'Archive')?.trigger('click')
    await shows('Nothing is written down yet')
  })
})

it('a form that was left half filled in comes back as it was', async () => {
  const host = { components: { ContractForm }, setup: () => ({ company: useCompany() }), template: '<ContractForm :open="true" :company="company" from="seat_ceo" />' }
  await on(host, [ana])
  await open.replica?.saveDraft('contract:new:seat_ceo:', JSON.stringify({ to: 'seat_ana', passes: 'A target list', unknown: 'x', hours: 3 }))
  open.page?.unmount()
  open.page = show(host as never, open.replica as Replica)
  await until(() => expect((open.page?.find('dialog input').element as HTMLInputElement | undefined)?.value).toBe('A target list'))
  await shows('Sales lead')
  expect((open.page?.findAll('dialog input')[1]?.element as HTMLInputElement).value).toBe('24')
})

describe('an issue is solved by a handoff', () => {
  const issue: Row = { kind: 'issue', id: 'late', body: { title: 'Late parts', state: 'open', horizon: 'now', seat: 'seat_scout', raisedBy: me, raisedAt: noon } }
  const solved = async (decision: string) => until(async () => expect((await open.replica?.get<'issue'>('late'))?.d).toMatchObject({ state: 'solved', decision }))

  async function deciding(rows: readonly Row[]) {
    const page = await on(IssuePage, [issue, ...rows], { id: 'late' })
    await shows('Late parts')
    await press('solved')
    await flushPromises()
    await press('Decide by a handoff')
    await until(() => expect(page.find('dialog input').exists()).toBe(true))
    return page
  }

  it('sent under a contract, and the decision says so', async () => {
    const page = await deciding(outgoing)
    expect(page.get<HTMLInputElement>('dialog input').element.value).toBe('Late parts')
    await page.get('dialog form').trigger('submit')
    await solved('Handed on, Scout → Ana Sol: Late parts')
    expect((await all('delivery'))[0]?.d).toMatchObject({ title: 'Late parts', contract: 'c_out', to: 'seat_ana', sentBy: me, state: 'sent' })
  })

  it.each([['another', outgoing], ['none', [ana]]])('or by one agreed anew, where there is %s', async (_word, rows) => {
    const page = await deciding(rows)
    await press('Agree a new handoff instead')
    await shows('What happens if nobody accepts')
    await page.findAll('dialog .pick')[1]?.trigger('click')
    await flushPromises()
    await page.findAll('dialog .list-row').find(row => row.text().includes('Sales lead'))?.trigger('click')
    const [passes, must, , onMiss] = page.findAll('dialog form input, dialog form textarea')
    await passes?.setValue('A parts list')
    await must?.setValue('Order them')
    await onMiss?.setValue('Mara asks')
    await page.get('dialog form').trigger('submit')
    await solved('Handoff agreed, Scout → Ana Sol: A parts list. Order them')
    expect((await all('contract')).map(({ d }) => d.passes)).toContain('A parts list')
    expect(await all('delivery')).toEqual([])
  })
})
