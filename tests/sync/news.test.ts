import type { Patch } from '#shared/sync/protocol.ts'
import type { Page, RowAnswer, WireDoc } from '#shared/sync/wire.ts'
import { expect, it } from 'vitest'
import { makeStamp } from '#shared/sync/stamp.ts'
import { withoutOld } from '../../client/db/news.ts'

const [first, second, third] = [1, 2, 3].map(n => makeStamp(n, 0, 'aaaaaa')) as [string, string, string]
const doc = (v: string): WireDoc => ({ id: 'one', kind: 'issue', v, d: {} })
const row = (v: string): Patch => ({ id: 'one', kind: 'issue', base: '', v, set: {} })

/** What a page brings of the record after a push was answered so. */
async function broughtAfter(answer: Partial<RowAnswer>, page: WireDoc, more: Partial<Page> = {}): Promise<number> {
  const mux = withoutOld({ pull: async () => ({ docs: [page], seq: 1, full: false, epoch: 'one', ...more }), push: async () => [{ id: 'one', ...answer }] })
  await mux.push([row(second)])
  return (await mux.pull('records', 0, 10)).docs.length
}

it('[O1] a page that was read before an answer already here takes nothing back', async () => {
  expect(await broughtAfter({}, doc(first))).toBe(0)
  expect(await broughtAfter({ doc: doc(third) }, doc(second))).toBe(0)
  expect([await broughtAfter({}, doc(second)), await broughtAfter({}, doc(third))]).toEqual([1, 1])
})

it('[O1] a page that was read before an answer loses nothing where the answer names no state', async () => {
  expect(await broughtAfter({ refused: { code: 'clock-ahead' } }, doc(first))).toBe(1)
  expect(await broughtAfter({ refused: { code: 'not-allowed' }, doc: null }, doc(first))).toBe(1)
  expect(await broughtAfter({ later: true }, doc(first))).toBe(1)
})

it('[T1] a full page stays full', async () => {
  expect(await broughtAfter({}, doc(first), { full: true })).toBe(1)
})
