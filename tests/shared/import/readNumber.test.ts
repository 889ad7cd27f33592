import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNumber } from '#shared/import/readNumber.ts'

function valueOf(text: string) {
  const read = readNumber(text)
  return typeof read === 'object' ? read.value : read
}

describe('numbers in a file', () => {
  it.each([
    ['1,540,077,106', 1_540_077_106],
    ['5964.0', 5964],
    ['-36.98', -36.98],
    ['−2.1 %', -2.1],
    ['(1,200)', -1200],
    ['£1,200.50', 1200.5],
    ['-£5', -5],
    ['1.234.567,8', 1_234_567.8],
    ['0,5', 0.5],
    ['1 540 077', 1_540_077],
    ['1e3', 1000],
    ['-0', 0],
    ['0', 0],
  ])('%s is read as it is meant', (text, value) => expect(valueOf(text)).toBe(value))

  it.each(['', ' ', '-', '–', 'N/A', 'n/d', 'null', '..'])('"%s" is no number and not zero', text => expect(readNumber(text)).toBe('blank'))

  it.each(['=1+1', '1e999', '12 apples', '1,2,3', '1.2.3', '--5', '(-5)', '0x10', 'Infinity', 'NaN', '%'])('"%s" is not a number', text => expect(readNumber(text)).toBeUndefined())

  it('every number is read back from its own text', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => valueOf(String(value)) === (value === 0 ? 0 : value)))
  })

  it('thousands separators change no number', () => {
    fc.assert(fc.property(fc.integer(), value => valueOf(value.toLocaleString('en-US')) === value))
  })

  it('says how many decimals it needs', () => {
    expect(readNumber('12.50%')).toEqual({ value: 12.5, decimals: 1, percent: true, currency: false })
    expect(readNumber('5964.0')).toMatchObject({ decimals: 0 })
  })
})
