import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { afterAll, expect, it } from 'vitest'
import { aPerson } from '../support/person.ts'

const children: ChildProcess[] = []
afterAll(() => children.forEach(child => child.kill('SIGKILL')))

/** The real process; resolves when it serves or has ended. */
async function aProcess(dataDir: string) {
  const env = { PATH: process.env.PATH, PORT: '0', DATA_DIR: dataDir }
  const child = spawn(process.execPath, ['server/main.ts'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  children.push(child)
  const said: string[] = []
  child.stdout.on('data', text => said.push(String(text)))
  child.stderr.on('data', text => said.push(String(text)))
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  const url = await new Promise<string>((resolve) => {
    child.stderr.on('data', () => {
      const found = /ready: (http:\S+)/.exec(said.join(''))?.[1]
      if (found)
        resolve(found.replace('localhost', '127.0.0.1'))
    })
    void ended.then(() => resolve(''))
  })
  return { child, url, said, ended }
}

it('stops in order at SIGTERM: streams get their bye, then the store closes, and all is there at the next start', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-stop-'))
  const first = await aProcess(dataDir)
  const ada = aPerson(first)
  await ada.signUp()
  await ada.createOrg()
  const stream = await ada.fetch('/api/sync/stream')
  const started = performance.now()
  first.child.kill('SIGTERM')
  expect(await stream.text()).toContain('{"bye":"stopping"}')
  expect(await first.ended).toBe(0)
  // A server that waited for the stream to end by itself would have used up its ten seconds of patience.
  expect(performance.now() - started).toBeLessThan(9000)

  const second = await aProcess(dataDir)
  const again = aPerson(second, { email: ada.email })
  await again.signIn()
  expect((await again.get('/api/account/me')).body.orgs).toHaveLength(1)
  second.child.kill('SIGINT')
  expect(await second.ended).toBe(0)
})

it('answers every request it had accepted when it was asked to stop', async () => {
  const first = await aProcess(mkdtempSync(join(tmpdir(), 'otp-stop-')))
  const ada = aPerson(first)
  await ada.signUp()
  const waiting = Array.from({ length: 4 }, () => aPerson(first, { email: ada.email }).signIn())
  await Promise.race(waiting)
  first.child.kill('SIGTERM')
  expect((await Promise.all(waiting)).map(answer => answer.status)).toEqual([200, 200, 200, 200])
  expect(await first.ended).toBe(0)
})

it('refuses, in a sentence, a second process on the same database', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'otp-stop-'))
  const first = await aProcess(dataDir)
  const second = await aProcess(dataDir)
  expect(await second.ended).toBe(1)
  expect(second.said.join('')).toMatch(/^Another OTP process \(\d+\) holds this database\./)
  expect((await aPerson(first).get('/api/health')).status).toBe(200)
  first.child.kill('SIGTERM')
  expect(await first.ended).toBe(0)
})

it('says in one sentence what is wrong with the environment', async () => {
  const child = spawn(process.execPath, ['server/main.ts'], { env: { PATH: process.env.PATH, PORT: 'eighty' } })
  children.push(child)
  const said: string[] = []
  child.stderr.on('data', text => said.push(String(text)))
  const [code] = await once(child, 'exit')
  expect(code).toBe(1)
  expect(said.join('')).toMatch(/^PORT: .*\n$/)
})
