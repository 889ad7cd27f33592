import type { Company, Device } from './commitBench.ts'
import { describe, expect, it } from 'vitest'
import { aSeat, codes, eachCompany, stores } from './commitBench.ts'

describe.each(stores)('who puts seats in a team, on %s', (kind) => {
  let acme: Company
  const bot = (reportsTo: string, more: object = {}) => ({ kind: 'agent', title: 'Scout', accountability: 'Books meetings', owner: 'ada', reportsTo, stage: 'pilot', authority: 'draft', ...more })
  eachCompany(kind, async (company) => {
    acme = company
    await acme.ada.write('seat', 'seat_top', aSeat({ holder: 'ada' }))
    await acme.ada.write('seat', 'seat_sales', aSeat({ holder: 'ben', reportsTo: 'seat_top' }))
    await acme.ada.write('seat', 'seat_calls', aSeat({ reportsTo: 'seat_sales' }))
    await acme.ada.write('seat', 'seat_bot', bot('seat_calls'))
    await acme.ada.write('seat', 'seat_far', bot('seat_top'))
    await acme.ada.write('team', 'team_calls', { 'name': 'Calls', 'lead': 'seat_calls', 'seat/seat_calls': true })
    await acme.ada.write('team', 'team_top', { 'name': 'Leadership', 'lead': 'seat_top', 'seat/seat_sales': true })
  })
  const set = async (by: Device, team: string, fields: object) => (await by.write('team', team, { ...fields }, { base: (await acme.doc(team))?.v ?? '' })).refused?.code

  it('a manager puts an agent below them in a team whose lead seat they answer for, and takes it out', async () => {
    expect(await set(acme.ben, 'team_calls', { 'seat/seat_bot': true })).toBeUndefined()
    expect((await acme.doc('team_calls'))?.body).toHaveProperty('seat/seat_bot')
    expect(await set(acme.ben, 'team_calls', { 'seat/seat_bot': null })).toBeUndefined()
    expect((await acme.doc('team_calls'))?.body).not.toHaveProperty('seat/seat_bot')
  })

  it('and nothing else: no team of others, no seat of others or of a person, no other field, no new team', async () => {
    const tries = [
      await set(acme.ben, 'team_top', { 'seat/seat_bot': true }),
      await set(acme.ben, 'team_calls', { 'seat/seat_far': true }),
      await set(acme.ben, 'team_calls', { 'seat/seat_sales': true }),
      await set(acme.ben, 'team_calls', { 'seat/seat_calls': null }),
      await set(acme.ben, 'team_calls', { 'seat/nowhere': true }),
      await set(acme.ben, 'team_calls', { 'seat/seat_bot': true, 'name': 'Mine' }),
      await set(acme.ben, 'team_calls', { lead: 'seat_sales' }),
      (await acme.ben.write('team', 'team_new', { 'name': 'Mine', 'lead': 'seat_sales', 'seat/seat_bot': true })).refused?.code,
      await set(acme.device('ben', 'member'), 'team_calls', { 'seat/seat_bot': true }),
    ]
    expect(tries).toEqual(tries.map(() => 'not-allowed'))
  })

  it('a pilot begun with no signal goes in with its team, in one push', async () => {
    const team = await acme.doc('team_calls')
    const { rows } = await acme.ben.sendAll([
      acme.ben.patch('seat', 'seat_new', bot('seat_sales', { owner: 'ben' })),
      acme.ben.patch('team', 'team_calls', { 'seat/seat_new': true }, { base: team?.v ?? '' }),
    ])
    expect(codes(rows)).toEqual([undefined, undefined])
    expect((await acme.doc('team_calls'))?.body).toHaveProperty('seat/seat_new')
  })
})
