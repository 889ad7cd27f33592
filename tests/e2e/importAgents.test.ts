import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openApp } from '../support/app.ts'
import { startChromium } from '../support/chromium.ts'
import { builtClient } from '../support/dist.ts'
import { aPerson } from '../support/person.ts'
import { startServer } from '../support/server.ts'

const company: Record<string, string> = {
  'COMPANY.md': '---\nname: Mill & Oven\nslug: mill\ngoals:\n  - Bread for the town\n---\n',
  'LICENSE': 'Free for all',
  'agents/boss/AGENTS.md': '---\nname: Boss\nreportsTo: null\n---\n\nYou lead the mill.\n',
  'agents/oven/AGENTS.md': '---\nname: Oven\nreportsTo: boss\nskills: [heat]\n---\n\nYou bake every loaf in time.\n',
  'agents/till/AGENTS.md': '---\nname: Till\nreportsTo: ghost\n---\n\nYou sell.\n',
  'agents/odd/AGENTS.md': '---\nname: Odd\nreportsTo: oven\ndescription: Asked when: it is odd\n---\n\n<script>alert(1)</script>\n',
  'cards/taster.json': '{"name":"Taster","description":"Tastes","skills":[{"id":"t","name":"Taste","description":"Tastes bread"}]}',
  'teams/warm/TEAM.md': '---\nname: Warm\nmanager: ../../agents/oven/AGENTS.md\nincludes:\n  - ../../agents/till/AGENTS.md\n---\n',
}

describe('a folder of agents, brought in on a phone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mill-'))
  const at: { chromium?: Awaited<ReturnType<typeof startChromium>>, server?: Awaited<ReturnType<typeof startServer>> } = {}
  beforeAll(async () => {
    for (const [path, text] of Object.entries(company)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    at.server = await startServer({ dist: builtClient() })
    at.chromium = await startChromium()
  })
  afterAll(async () => {
    await at.chromium?.close()
    await at.server?.close()
    rmSync(folder, { recursive: true })
  })

  it('is one preview that lists what has no place, and one tap that writes it all, planned and owned', async () => {
    const { chromium, server } = at
    if (!chromium || !server)
      throw new Error('not started')
    const person = aPerson(server)
    await person.signUp()
    await person.createOrg()
    const page = await openApp(await chromium.device(), server.url, person)
    await page.goto(`${server.url}/import`)
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Choose a folder' }).click()
    await (await chooser).setFiles(folder)
    await page.getByRole('row', { name: /^Seats 5 5/ }).waitFor()
    await expect.poll(async () => (await page.locator('.trouble .grow').allTextContents()).sort()).toEqual(['A company’s goal: there is no record for it', 'No manager given', 'Not an agent', 'The lines at the top are not valid YAML; read line by line', 'The manager is not in the file'])
    await page.getByRole('button', { name: 'Write 6 records' }).click()
    await page.getByText('6 records written').waitFor()

    const seats = async () => (await server.store.read(tx => tx.docsByKind(person.headers['x-org'] ?? '', 'seat'))).filter(({ body }) => body.kind === 'agent')
    await expect.poll(async () => (await seats()).map(({ body }) => [body.title, body.stage, body.owner === person.headers['x-member']]).sort(), { timeout: 20_000 })
      .toEqual(['Boss', 'Odd', 'Oven', 'Taster', 'Till'].map(title => [title, 'planned', true]))
    await page.getByRole('link', { name: /chart/i }).click()
    await page.getByText('No place yet: 2 seats').waitFor()
  })
})
