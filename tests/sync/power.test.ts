import type { Patch } from '#shared/sync/protocol.ts'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { refuseDisk } from '../power/disk.ts'
import { aLedger } from '../power/ledger.ts'
import { mutants } from '../power/mutants.ts'
import { aSeededDice } from '../support/dice.ts'

// The cuts themselves need root and minutes: `npm run power`. Here: that it would see a loss.

const stamp = '0mws8no2t000-aaaaaa'
const row: Patch = { id: 'iss_1', kind: 'issue', v: stamp, base: '', set: { title: ['Leak', stamp] } }
const change = { seq: 1, id: 'iss_1', set: { title: ['Leak', stamp] as [unknown, string] }, lost: {} }
const whole = { head: 1, docs: [{ id: 'iss_1', seq: 1, body: { title: 'Leak' } }], changes: [change] }

function aPromise() {
  const ledger = aLedger()
  ledger.send([row])
  ledger.acknowledge([row], { now: 1, epoch: 'e', rows: [{ id: 'iss_1' }] })
  return ledger
}

describe('the audit after a power cut', () => {
  it('finds nothing where all that was acknowledged is there', () => {
    expect(aPromise().audit(whole)).toEqual([])
  })

  it.each([
    ['a lost write', { head: 0, docs: [], changes: [] }, 'acknowledged and lost: iss_1'],
    ['a write with another value', { ...whole, changes: [{ ...change, set: { title: ['Leck', stamp] as [unknown, string] } }] }, 'acknowledged and lost: iss_1'],
    ['a number without a line', { ...whole, head: 2 }, 'number 2 of 2'],
    ['a line beyond the last number', { ...whole, head: 0 }, 'line 1 lies beyond 0'],
    ['a record its history does not build', { ...whole, docs: [{ id: 'iss_1', seq: 1, body: { title: 'Other' } }] }, 'iss_1 is not what'],
    ['a history without its record', { ...whole, docs: [] }, 'iss_1 is in the history alone'],
  ])('finds %s', (_, books, sentence) => {
    expect(aPromise().audit(books).join('\n')).toContain(sentence)
  })

  it('counts a value that did not stand as kept, and a refused one as never promised', () => {
    const newer = { title: ['Newer', '0mws8no2t001-bbbbbb'] as [unknown, string] }
    const books = { head: 1, docs: [{ id: 'iss_1', seq: 1, body: { title: 'Newer' } }], changes: [{ ...change, set: newer, lost: { title: ['Leak', stamp, 'mem_1'] as [unknown, string, string] } }] }
    expect(aPromise().audit(books)).toEqual([])
    const ledger = aLedger()
    ledger.send([row])
    expect(ledger.acknowledge([row], { now: 1, epoch: 'e', rows: [{ id: 'iss_1', refused: { code: 'not-allowed' } }] })).toBe(1)
    expect(ledger.audit({ head: 0, docs: [], changes: [] })).toEqual([])
  })
})

it.each(Object.entries(mutants))('the mutant %s still finds the text it takes out', (_, { file, from }) => {
  expect(readFileSync(file, 'utf8').split(from)).toHaveLength(2)
})

it('where the power cannot be cut, one sentence says what is missing', () => {
  expect(refuseDisk() ?? 'Cutting the power needs nothing.').toMatch(/^Cutting the power needs .+\.$/)
})

it('the same seed chooses the same moments', () => {
  const [one, two] = [aSeededDice(7), aSeededDice(7)]
  const rolls = Array.from({ length: 50 }, () => one(1000))
  expect(Array.from({ length: 50 }, () => two(1000))).toEqual(rolls)
  expect(new Set(rolls).size).toBeGreaterThan(40)
})
