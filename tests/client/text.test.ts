import { afterEach, describe, expect, it, vi } from 'vitest'
import { en } from '../../client/text/en.ts'
import { refused } from '../../client/text/en/refused.ts'
import { formatGoal, formatPeriod, formatPeriodShort, formatRange, formatValue, initials, unitSign } from '../../client/text/format.ts'
import { refusalText, spoken, t, useWords } from '../../client/text/t.ts'

const speak = (tag: string) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue([tag])

afterEach(() => {
  vi.restoreAllMocks()
  useWords('en', en)
})

describe('words', () => {
  it('take the plural form the language asks for', () => {
    expect(t('sync.keptHead', { n: 1 })).toBe('1 change did not stand')
    expect(t('sync.keptHead', { n: 3 })).toBe('3 changes did not stand')
  })

  it('fall back to English where another language has none', () => {
    useWords('de', { 'today.title': 'Heute' })
    expect([spoken(), t('today.title'), t('nav.scorecard')]).toEqual(['de', 'Heute', 'Scorecard'])
  })

  it('leave a mark nobody filled in as it is', () => {
    expect(t('today.voting')).toBe('{team} is voting')
  })

  it('say every known refusal and never show an empty sentence for an unknown one', () => {
    for (const key of Object.keys(refused))
      expect(refusalText({ code: key.replace('refused.', ''), about: ['A'] })).toMatch(/\S/)
    expect(refusalText({ code: 'brand-new' })).toContain('brand-new')
  })
})

describe('numbers and dates', () => {
  it('follow the person’s own locale', () => {
    speak('de-DE')
    expect(formatValue(1234.5, { unit: 'number', decimals: 1 })).toBe('1.234,5')
    speak('en-GB')
    expect(formatValue(1234.5, { unit: 'number', decimals: 1 })).toBe('1,234.5')
  })

  it('show a percent as it is stored and a currency with its sign', () => {
    speak('en-GB')
    expect(formatValue(31.5, { unit: 'percent', decimals: 1 })).toBe('31.5%')
    expect(formatValue(40000, { unit: 'currency', decimals: 0, currency: 'EUR' })).toBe('€40,000')
    expect(unitSign({ unit: 'currency', decimals: 2, currency: 'EUR' })).toBe('€')
  })

  it('write a goal of every kind', () => {
    speak('en-GB')
    const unit = { unit: 'number', decimals: 0 } as const
    expect(formatGoal({ kind: 'atLeast', target: 3 }, unit)).toBe('≥ 3')
    expect(formatGoal({ kind: 'between', low: 1, high: 2 }, unit)).toBe('1 – 2')
    expect(formatGoal({ kind: 'yesNo', target: true }, unit)).toBe('Yes')
    expect(formatGoal(undefined, unit)).toBe('no goal')
  })

  it('name a period of every cadence', () => {
    speak('en-GB')
    expect(['2026-W47', '2026-11', '2026-Q4', '2026', '2026-11-16'].map(formatPeriod)).toEqual(['Week 47', 'November 2026', 'Q4 2026', '2026', '16 Nov 2026'])
    expect(['2026-W07', '2026-11', '2026-Q4', '2026', '2026-11-16'].map(formatPeriodShort)).toEqual(['W7', 'Nov', 'Q4', '2026', '16 Nov'])
  })

  it('write a stretch of days once where the month is the same', () => {
    speak('en-GB')
    expect(formatRange('2026-11-16', '2026-11-22')).toBe('16–22 Nov')
  })

  it('shorten a name to one or two letters', () => {
    expect(['Mara Ilves', 'Scout', 'Ana Maria Sol', ''].map(initials)).toEqual(['MI', 'Sc', 'AS', ''])
  })
})
