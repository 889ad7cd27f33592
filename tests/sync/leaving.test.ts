import type { Phone } from '../support/replica.ts'
import { firstValueFrom } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { chargesOf } from '#shared/leaving/charges.ts'
import { movesOf, suggestTakers } from '#shared/leaving/plan.ts'
import { aPerson } from '../support/person.ts'
import { agree, aPhone, settled, until } from '../support/replica.ts'
import { eachServer } from './phonesBench.ts'

describe('somebody leaves while phones are apart', () => {
  const bench = eachServer()

  /** Two admins, and Lea, who fills a desk, owns an agent and has two to-dos, one asked of Ada. */
  async function aCompany() {
    const ada = aPerson(bench.url())
    await ada.signUp()
    const { org, member } = await ada.createOrg()
    const [second, third] = [await ada.invite('admin', 'Ben'), await ada.invite('member', 'Lea')]
    const [ben, lea] = [aPerson(bench.url()), aPerson(bench.url())]
    await ben.join(second.token)
    await lea.join(third.token)
    const gone: boolean[] = []
    const phones = bench.closing(await aPhone(ada), await aPhone(ben), await aPhone(lea, { onGone: () => gone.push(true) }))
    const [adas, bens, leas] = phones
    const top = await adas.add('seat', { kind: 'human', title: 'Chief', accountability: 'Leads', holder: member })
    const desk = await adas.add('seat', { kind: 'human', title: 'Desk', accountability: 'Sells', holder: third.member, reportsTo: top })
    await adas.add('seat', { kind: 'agent', title: 'Scout', accountability: 'Books', owner: third.member, reportsTo: desk, stage: 'pilot' })
    await settled(adas)
    const todo = await leas.add('todo', { title: 'Call', owner: third.member, asker: third.member, askedAt: 1, due: '2026-12-01', state: 'open' })
    await leas.add('todo', { title: 'Check', owner: member, asker: third.member, askedAt: 1, due: '2026-12-01', state: 'open' })
    await settled(leas)
    await agree(phones, { kind: 'todo' }, found => found.length === 2)
    await agree(phones, { kind: 'seat' }, found => found.length === 3)
    const remove = () => ada.delete(`/api/orgs/${org}/members/${third.member}`)
    return { adas, bens, leas, lea: third.member, todo, gone, remove }
  }

  async function handsOn(phone: Phone) {
    const all = await Promise.all([firstValueFrom(phone.find({ kind: 'org' })), firstValueFrom(phone.find({ kind: 'seat' })), firstValueFrom(phone.find({ kind: 'todo' })), firstValueFrom(phone.find({ kind: 'member' }))])
    return { hands: { org: all[0], seat: all[1], todo: all[2] }, members: all[3] }
  }

  /** What the page does on one admin's phone; all but the seat goes to `taker`. */
  async function move(phone: Phone, member: string, taker: string) {
    const { hands, members } = await handsOn(phone)
    const people = new Map(members.map(({ id, d }) => [id, d]))
    const seats = new Map(hands.seat.map(({ id, d }) => [id, d]))
    const leaving = { member, hands, members: [...people], lookup: { seat: (id: string) => seats.get(id), member: (id: string) => people.get(id) } }
    const charges = chargesOf(member, hands)
    const takers = Object.fromEntries(charges.map(({ id, role }) => [id, role === 'holder' ? '' : taker]))
    for (const { id, set } of movesOf(leaving, charges, { ...suggestTakers(leaving, charges), ...takers }))
      await phone.set(id, set)
  }

  it('[M7] two admins who move it apart leave nothing behind: one owner stands, and the other admin is told', async () => {
    const { adas, bens, lea, remove } = await aCompany()
    bens.offline()
    await move(bens, lea, bens.member)
    await move(adas, lea, adas.member)
    await settled(adas)
    expect((await remove()).status).toBe(200)
    bens.online()
    await settled(bens)
    const seats = await agree([adas, bens], { kind: 'seat' }, found => found.every(({ d }) => d.holder !== lea && d.owner !== lea))
    await agree([adas, bens], { kind: 'todo' }, found => found.every(({ d }) => d.owner !== lea && d.asker !== lea))
    expect(seats.find(({ d }) => d.kind === 'agent')?.d.owner).toBe(adas.member)
    const kept = await until(bens.kept, found => found.length === 3)
    expect(kept.map(({ kind, refusal }) => `${kind} ${refusal.code}`).sort()).toEqual(['seat needs-decision', 'todo replaced', 'todo replaced'])
    expect(chargesOf(lea, (await handsOn(adas)).hands)).toEqual([])
  })

  it('what they typed with no signal does not arrive once they are gone, and takes nothing back', async () => {
    const { adas, leas, lea, todo, gone, remove } = await aCompany()
    leas.offline()
    await leas.set<'todo'>(todo, { title: 'Call again', owner: lea })
    await move(adas, lea, adas.member)
    await settled(adas)
    await remove()
    leas.online()
    await expect.poll(() => gone, { timeout: 10_000 }).toHaveLength(1)
    expect((await adas.get<'todo'>(todo))?.d).toMatchObject({ title: 'Call', owner: adas.member })
    expect(chargesOf(lea, (await handsOn(adas)).hands)).toEqual([])
  })
})
