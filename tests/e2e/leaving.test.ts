import type { Kind } from '#shared/record/envelope.ts'
import { afterAll, expect, it } from 'vitest'
import { taken } from '../support/agent.ts'
import { keptApp, openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const server = await startServer({ dist: builtClient() })
const chromium = await startChromium()
afterAll(async () => {
  await chromium.close()
  await server.close()
})

/** Ben fills a desk below Ada, owns the agent at it and has a to-do; Cleo is there too. */
async function aCompany() {
  const ada = aPerson(server)
  await ada.signUp()
  const { org, member } = await ada.createOrg()
  const [ben, cleo] = [await ada.invite('manager', 'Ben'), await ada.invite('member', 'Cleo')]
  for (const { token } of [ben, cleo])
    await aPerson(server).join(token)
  const seat = (title: string, more: object) => ({ kind: 'human', title, accountability: `Answers for ${title}`, ...more })
  await taken(ada.write('seat', 'seat_chief', seat('Chief', { holder: member })))
  await taken(ada.write('seat', 'seat_sales', seat('Sales', { holder: ben.member, reportsTo: 'seat_chief' })))
  await taken(ada.write('seat', 'seat_scout', seat('Scout', { kind: 'agent', owner: ben.member, reportsTo: 'seat_sales', stage: 'pilot' })))
  await taken(ada.write('todo', 'todo_call', { title: 'Call the bank', owner: ben.member, asker: member, askedAt: 1, due: '2026-12-01', state: 'open' }))
  const bodyOf = async (kind: Kind, id: string) => (await server.store.read(tx => tx.docsByKind(org, kind))).find(doc => doc.id === id)?.body
  return { ada, member, ben: ben.member, cleo: cleo.member, bodyOf }
}

it('somebody leaves in one go: chosen line by line, kept through a restart, moved with no signal, gone once the server says so', async () => {
  const { ada, member, ben, cleo, bodyOf } = await aCompany()
  const device = await chromium.device({ viewport: { width: 360, height: 740 } })
  const page = await openApp(device, server.url, ada)
  await keptApp(page)
  await page.goto(`${server.url}/settings/members`)
  await page.getByRole('button', { name: /Ben/ }).click()
  await page.getByRole('link', { name: 'Leaving…' }).click()

  await page.getByRole('button', { name: /^Scout/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: /Cleo/ }).click()
  await page.getByRole('button', { name: /Scout.*to Cleo/ }).waitFor()
  await page.reload()
  await page.getByRole('button', { name: /Scout.*to Cleo/ }).waitFor()
  await page.getByRole('button', { name: /Sales.*vacant: Ada Founder answers for it/ }).waitFor()

  await device.setOffline(true)
  await page.getByRole('button', { name: 'Move all, Ben leaves' }).click()
  await page.getByText('Ben is still in the company').waitFor()
  expect(await bodyOf('member', ben)).toMatchObject({ state: 'active' })
  await device.setOffline(false)
  await page.getByText('Ben has left, and nothing is left behind.').waitFor()
  expect(await bodyOf('member', ben)).toMatchObject({ state: 'left' })
  expect([await bodyOf('seat', 'seat_scout'), await bodyOf('todo', 'todo_call')]).toMatchObject([{ owner: cleo }, { owner: member }])
  expect((await bodyOf('seat', 'seat_sales'))?.holder).toBeUndefined()
  await device.close()
})
