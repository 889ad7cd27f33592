import { execFile } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { faultsOf } from '../chaos/checks.ts'
import { planOf } from '../chaos/plan.ts'
import { aDatabase } from '../support/postgres.ts'

const root = join(import.meta.dirname, '../..')

// The same harness as `npm run chaos`, with a handful of its seeds.
it.each([
  ['sqlite', ['--runs', '2', '--seed', '20261', '--steps', '120']],
  ['postgres', ['--runs', '1', '--seed', '20270', '--steps', '160', '--store', 'postgres', '--processes', '2']],
] as const)('[O1] six phones in chaos end with what the server shows their people, byte for byte, and no value comes back (%s)', async (store, args) => {
  const env = { ...process.env, DATABASE_URL: store === 'postgres' ? await aDatabase() : '' }
  const { stdout } = await promisify(execFile)(process.execPath, ['tests/chaos/main.ts', ...args], { cwd: root, env })
    .catch((error: { stdout: string, stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }))
  expect(stdout.trim().split('\n').at(-1)).toMatch(/, 0 divergences$/)
}, 90_000)

/** What the code as it is shows in one of the stories the mutants are caught by. */
async function told(story: string): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, ['tests/chaos/mutants/trial.ts', '', story], { cwd: root })
    .catch((error: { stdout: string, stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }))
  return stdout.trim()
}

it('[T9] an edit taken by the server as its app closed holds back no later update, also with the clock set back between', async () => {
  expect(await told('closed at the answer, with the clock set back')).toBe('nothing')
}, 60_000)

it('[T11] what came during a push is there also when the app was closed or killed before it was taken in', async () => {
  expect(await told('closed before it was told again')).toBe('nothing')
}, 60_000)

it('[T5] of two tabs the one that syncs is killed in the middle of a push: the other sends the rest, and both show what the server holds', async () => {
  expect(await told('two tabs, and the one that syncs is killed')).toBe('nothing')
}, 60_000)

it('[D13] a phone that was away while records ended and their tombstones were purged ends with what the server holds', async () => {
  expect(await told('away for longer than tombstones live')).toBe('nothing')
}, 60_000)

it('a seed of the chaos gives the same choices each time, another seed others', () => {
  expect(planOf(7, 240)).toEqual(planOf(7, 240))
  expect(planOf(7, 240).steps).not.toEqual(planOf(8, 240).steps)
})

it('what a run must not end with is found in the database: a gap, a record the log does not give, a value that came back, one that is gone', () => {
  const [a, b, c] = ['0mws00000000-aaaaaa', '0mws00000001-aaaaaa', '0mws00000002-aaaaaa'] as const
  const line = (seq: number, title: string, v: string) => ({ seq, id: 'iss_1', v, by: 'mem_1', set: { title: [title, v] as [unknown, string] }, lost: {} })
  const doc = { id: 'iss_1', kind: 'issue' as const, seq: 2, v: b, deleted: false, audience: '', body: { title: 'B' }, stamps: { title: b } }
  const sound = { head: 2, docs: [doc], log: [line(1, 'A', a), line(2, 'B', b)] }
  const ack = { id: 'iss_1', field: 'title', value: 'A', stamp: a, by: 'mem_1' }
  const now = Number.parseInt(c.slice(0, 9), 36)
  expect(faultsOf(sound, [ack], now)).toEqual([])
  expect(faultsOf({ ...sound, head: 3 }, [], now)).toHaveLength(1)
  expect(faultsOf({ ...sound, docs: [{ ...doc, body: { title: 'C' } }] }, [], now)).toHaveLength(1)
  expect(faultsOf({ head: 3, docs: [{ ...doc, seq: 3, v: c, body: { title: 'A' } }], log: [...sound.log, line(3, 'A', c)] }, [], now)).toHaveLength(1)
  expect(faultsOf(sound, [{ ...ack, value: 'C', stamp: c }], now)).toHaveLength(1)
  expect(faultsOf(sound, [], now - 3_600_000)).toHaveLength(1)
})
