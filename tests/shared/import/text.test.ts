import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, folded, hasUnprintable, importKey, manyLines, oneLine, withoutLinks } from '#shared/import/text.ts'

const anyText = fc.string({ unit: fc.oneof(fc.constantFrom('\u0000', '\u0007', '\n', '\t', ' ', '\uD800', '😀', 'a'), fc.string({ unit: 'binary', maxLength: 2 })) })

describe('text from a file', () => {
  it('a line has no break, control character or half of a character', () => {
    expect(oneLine(' a\r\n b\u0000\u0007\uD800 ')).toBe('a b\uFFFD')
    fc.assert(fc.property(anyText, text => !/\p{Cc}|\p{Cs}/u.test(oneLine(text))))
  })

  it('many lines keep their breaks', () => {
    expect(manyLines('a\r\nb\tc\u0001')).toBe('a\nb\tc')
  })

  it('tidying twice changes nothing more', () => {
    fc.assert(fc.property(anyText, text => oneLine(oneLine(text)) === oneLine(text) && manyLines(manyLines(text)) === manyLines(text)))
  })

  it('white space is no loss, a control character is', () => {
    expect(hasUnprintable('a\n b\t')).toBe(false)
    expect(hasUnprintable('a\u0000')).toBe(true)
  })

  it('a cut never splits a character', () => {
    expect(cut('a😀', 2)).toBe('a')
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, max) => cut(text, max).length <= max && !/\p{Cs}/u.test(cut(text, max))))
  })

  it('a Markdown link becomes its words', () => {
    expect(withoutLinks('[Chief](../x.md), [a] (b)')).toBe('Chief, [a] (b)')
  })

  it('spellings of a heading are the same', () => {
    expect(folded(' Reports_To ')).toBe(folded('reports-to'))
  })

  it('a long key stays under 300 characters and tells two apart', () => {
    const long = 'x'.repeat(400)
    expect(importKey('s', `${long}a`).length).toBeLessThanOrEqual(300)
    expect(importKey('s', `${long}a`)).not.toBe(importKey('s', `${long}b`))
  })
})
