import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseNumber, separatorsOf } from '#shared/kpi/numberText.ts'

const locales = ['en', 'de', 'ar-EG', 'fr', 'de-CH', 'hi', 'fa', 'sv', 'he', 'es', 'pl', 'en-IN', 'bn', 'my', 'ne', 'mr']
function read(text: string, locale = 'en') {
  const reading = parseNumber(text, separatorsOf(locale))
  return 'refused' in reading ? reading.refused : reading.value
}

describe('a number as a language writes it', () => {
  const numbers = fc.tuple(fc.integer({ min: -999_999_999, max: 999_999_999 }), fc.integer({ min: 0, max: 4 }))

  it.each(locales)('reads back as it was in %s', (locale) => {
    fc.assert(fc.property(numbers, fc.boolean(), ([whole, decimals], useGrouping) => {
      const value = whole / 10 ** decimals
      const text = new Intl.NumberFormat(locale, { maximumFractionDigits: 4, useGrouping }).format(value)
      expect(read(text, locale)).toBe(value)
    }))
  })

  it('reads in every set of decimal digits', () => {
    const sets = Intl.supportedValuesOf('numberingSystem')
      .filter(set => /^\p{Nd}+$/u.test(new Intl.NumberFormat(`en-u-nu-${set}`, { useGrouping: false }).format(1_234_567_890)))
    expect(sets.length).toBeGreaterThan(40)
    for (const set of sets)
      expect(read(new Intl.NumberFormat(`en-u-nu-${set}`, { useGrouping: false, minimumIntegerDigits: 10 }).format(123_456_789)), set).toBe(123_456_789)
  })
})

describe('a comma and a point', () => {
  it('both there: the last is the decimal, in every language', () => {
    for (const locale of locales) {
      expect(read('1,234.5', locale)).toBe(1234.5)
      expect(read('1.234,5', locale)).toBe(1234.5)
      expect(read('1.234.567,89', locale)).toBe(1234567.89)
      expect(read('12,34,567.5', locale)).toBe(1234567.5)
    }
  })

  it('alone and once: the decimal', () => {
    for (const locale of locales) {
      expect([read('1,5', locale), read('1.5', locale)]).toEqual([1.5, 1.5])
      expect([read(',5', locale), read('5.', locale)]).toEqual([0.5, 5])
      expect([read('1,2345', locale), read('1.2345', locale)]).toEqual([1.2345, 1.2345])
    }
  })

  it('once, with three digits after the language\'s grouping mark: grouping, and it says so', () => {
    expect(parseNumber('1,234', separatorsOf('en'))).toEqual({ value: 1234, grouped: true })
    expect(parseNumber('1.234', separatorsOf('de'))).toEqual({ value: 1234, grouped: true })
    expect(parseNumber('1.234', separatorsOf('en'))).toEqual({ value: 1.234, grouped: false })
    expect(parseNumber('1,234', separatorsOf('fr'))).toEqual({ value: 1.234, grouped: false })
  })

  it('is no grouping after a leading zero, nothing, or four digits', () => {
    expect([read('0,123'), read(',123'), read('1234,567')]).toEqual([0.123, 0.123, 1234.567])
  })

  it('repeated: grouping, where the groups are such', () => {
    expect([read('1,234,567', 'de'), read('1.234.567', 'en'), read('12,34,567')]).toEqual([1234567, 1234567, 1234567])
    expect(['1.2.3', '22.11.2026', '1,23,45', ',,', '1,234.567.8', '1.234,567,8', '1234,567,890'].map(text => read(text))).toEqual(Array.from({ length: 7 }).fill('not-a-number'))
  })

  it('in Arabic is its own mark, whatever the language', () => {
    expect([read('١٬٢٣٤٫٥'), read('١٫٢٣٤'), read('١٬٢٣٤'), read('١٬٢')]).toEqual([1234.5, 1.234, 1234, 'not-a-number'])
  })
})

describe('what surrounds the digits', () => {
  it('is dropped where it is a space, an apostrophe or an invisible mark', () => {
    expect(['1 234', '1\u00A0234', '1\u202F234', '1\u2019234', '1\'234', ' \u200E1234\u200F '].map(text => read(text))).toEqual([1234, 1234, 1234, 1234, 1234, 1234])
  })

  it('is a sign: hyphen, minus, en dash or plus', () => {
    expect(['-5', '\u22125', '\u20135', '- 5', '+5', '\u061C-5'].map(text => read(text))).toEqual([-5, -5, -5, -5, 5, -5])
  })

  it('never makes a zero negative', () => {
    expect(Object.is(read('-0'), 0)).toBe(true)
    expect(Object.is(read('-0,00', 'de'), 0)).toBe(true)
  })

  it('refuses what is no number, and never guesses', () => {
    expect(['', '  ', '\u200E'].map(text => read(text))).toEqual(['empty', 'empty', 'empty'])
    expect(['-', '.', '-,', '5-', '--5', '1e5', '0x10', '12%', '€5', '1/2', '½', '²', 'NaN', 'Infinity', '五', '1 2a', '='].map(text => read(text))).toEqual(Array.from({ length: 17 }).fill('not-a-number'))
  })

  it('refuses what is too large to hold exactly, and text too long to be a number', () => {
    expect([read('9007199254740991'), read('9007199254740993'), read('-9'.padEnd(30, '9')), read('1'.repeat(5000))]).toEqual([9007199254740991, 'too-large', 'too-large', 'not-a-number'])
  })

  it('whatever it is, gives a finite number or a reason', () => {
    const marks = fc.string({ unit: fc.constantFrom('0', '1', '9', ',', '.', '-', '+', ' ', '\'', '٫', '٬', '٣', 'e', '\u2212'), maxLength: 12 })
    fc.assert(fc.property(fc.oneof(marks, fc.string({ unit: 'binary' })), fc.constantFrom(...locales), (text, locale) => {
      const reading = parseNumber(text, separatorsOf(locale))
      expect('refused' in reading || Number.isFinite(reading.value)).toBe(true)
    }))
  })
})

it('a language\'s marks are those it writes numbers with', () => {
  expect(['en', 'de', 'ar-EG', 'fr'].map(separatorsOf)).toEqual([{ decimal: '.', group: ',' }, { decimal: ',', group: '.' }, { decimal: '٫', group: '٬' }, { decimal: ',', group: '\u202F' }])
})
