import type { VueWrapper } from '@vue/test-utils'
import type { Proposal } from '#shared/record/proposal.ts'
import type { Replica } from '../../client/db/types.ts'
import { afterEach, describe, expect, it } from 'vitest'
import ProposalsPage from '../../client/pages/ProposalsPage.vue'
import { aCompany, me, noon, show } from './support/company.ts'
import { until } from './support/until.ts'

const open: { replica?: Replica, page?: VueWrapper } = {}
const aTodo = { kind: 'todo' as const, id: 'todo_1', body: { title: 'Clean the list', owner: 'seat_scout', asker: me, askedAt: noon, due: '2026-11-20', state: 'open' as const } }
const aProposal = (more: Partial<Proposal> = {}) => ({ kind: 'proposal' as const, id: 'proposal_1', body: { seat: 'seat_scout', at: noon, target: 'iss_1', targetKind: 'issue', base: '', set: { title: 'Late parts', raisedBy: 'seat_scout', urgency: 1 }, state: 'open' as const, ...more } })
const press = (text: string) => open.page?.findAll('button').find(button => button.text() === text)?.trigger('click')

async function page(rows: Parameters<typeof aCompany>[0]) {
  open.replica = await aCompany(rows)
  return open.page = show(ProposalsPage, open.replica)
}
const stored = async () => (await open.replica?.get<'proposal'>('proposal_1'))?.d

afterEach(async () => {
  open.page?.unmount()
  await open.replica?.close()
})

describe('what an agent asks', () => {
  it('is shown with the agent\'s name and every field it would write, and approved with one tap', async () => {
    const shown = await page([aProposal()])
    await until(() => expect(shown.text()).toContain('Scout asked'))
    expect(shown.findAll('.difference dd').map(line => line.text())).toEqual(['Late parts', 'Scout', 'Soon'])
    await press('Approve')
    await until(async () => expect(await stored()).toMatchObject({ state: 'approved', decidedBy: me, decidedAt: noon }))
    await until(() => expect(shown.text()).toContain('Nothing waits for you.'))
  })

  it('is refused with a reason the agent reads', async () => {
    const shown = await page([aProposal()])
    await until(() => expect(shown.text()).toContain('Late parts'))
    await press('Say no')
    await until(() => expect(shown.find('form').exists()).toBe(true))
    await shown.get('form input').setValue('Known already')
    await shown.get('form').trigger('submit')
    await until(async () => expect(await stored()).toMatchObject({ state: 'refused', reason: 'Known already' }))
  })

  it('shows what stands and what would, and is not approved once that has moved', async () => {
    const shown = await page([aTodo])
    const base = (await open.replica?.get<'todo'>('todo_1'))?.v ?? ''
    await open.replica?.add('proposal', aProposal({ target: 'todo_1', targetKind: 'todo', base, set: { state: 'done' } }).body, 'proposal_1')
    await until(() => expect(shown.find('del').text()).toContain('open'))
    expect(shown.text()).toContain('Clean the list')
    await open.replica?.set<'todo'>('todo_1', { title: 'Another list' })
    await until(() => expect(shown.text()).toContain('It has changed since.'))
    expect(shown.findAll('button').map(button => button.text())).not.toContain('Approve')
  })
})
