import { execFile } from 'node:child_process'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { aDatabase } from '../support/postgres.ts'

const root = join(import.meta.dirname, '../..')

// The same harness as `npm run chaos`, with a handful of its seeds.
it.each([
  ['sqlite', ['--runs', '2', '--seed', '20261', '--steps', '160']],
  ['postgres', ['--runs', '1', '--seed', '20270', '--steps', '160', '--store', 'postgres', '--processes', '2']],
] as const)('[O1] four phones in chaos end with what the server shows their people, byte for byte, and no value comes back (%s)', async (store, args) => {
  const env = { ...process.env, DATABASE_URL: store === 'postgres' ? await aDatabase() : '' }
  const { stdout } = await promisify(execFile)(process.execPath, ['tests/chaos/main.ts', ...args], { cwd: root, env })
    .catch((error: { stdout: string, stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }))
  expect(stdout.trim().split('\n').at(-1)).toMatch(/, 0 divergences$/)
}, 90_000)

it('[T9] an edit taken by the server as its app closed holds back no later update, also with the clock set back between', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['tests/chaos/mutants/trial.ts', '', 'closed at the answer, with the clock set back'], { cwd: root })
    .catch((error: { stdout: string, stderr: string }) => ({ stdout: `${error.stdout}${error.stderr}` }))
  expect(stdout.trim()).toBe('nothing')
}, 60_000)
