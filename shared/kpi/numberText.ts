/** The marks a language writes numbers with; `group` is '' where it groups by nothing. */
export interface Separators { decimal: string, group: string }

/** `grouped` says that a comma or point was read as grouping, which is worth showing. */
export type NumberReading = { value: number, grouped: boolean } | { refused: NumberRefusal }
export type NumberRefusal = 'empty' | 'not-a-number' | 'too-large'

const arabicDecimal = '\u066B'
const arabicGroup = '\u066C'
/** Spaces of every width, apostrophes and the invisible marks that turn text round. */
const ignored = /[\s'`\u2018\u2019\u02BC\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g
const minus = /[\u2212\u2013]/g
const commas = /[\u060C\uFF0C]/g
const points = /[\uFF0E\u3002]/g
const shape = /^([+-]?)([\d.,\u066B\u066C]*)$/
const groups = /^\d{1,3}(?:,\d{2,3})*,\d{3}$/
const longest = 60

/** The marks of a language, such as `de-CH`. */
export function separatorsOf(locale: string): Separators {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true }).formatToParts(-1_234_567.8)
  const valueOf = (type: string) => parts.find(part => part.type === type)?.value ?? ''
  return { decimal: valueOf('decimal'), group: valueOf('group') }
}

/**
 * The number somebody typed, pasted or dictated, in any decimal digits. Of a comma and a point the last is the decimal;
 * one that stands once is the decimal too, unless it is the language's grouping mark with three digits after it and one to three before.
 */
export function parseNumber(text: string, { group }: Separators): NumberReading {
  const bare = plainDigits(text.slice(0, longest + 1)).replace(ignored, '').replace(minus, '-').replace(commas, ',').replace(points, '.')
  if (!bare)
    return { refused: 'empty' }
  const [, sign, digits = ''] = shape.exec(bare) ?? []
  const decimal = decimalMark(digits, group)
  const [whole = '', fraction = '', ...more] = decimal ? digits.split(decimal) : [digits]
  const grouped = /\D/.test(whole)
  if (text.length > longest || more.length || /\D/.test(fraction) || !(whole + fraction) || (grouped && !isGrouped(whole)))
    return { refused: 'not-a-number' }
  const size = Number(`${whole.replace(/\D/g, '') || '0'}.${fraction || '0'}`)
  if (size > Number.MAX_SAFE_INTEGER)
    return { refused: 'too-large' }
  return { value: sign === '-' && size > 0 ? -size : size, grouped }
}

/** Which mark is the decimal one; undefined where every mark groups. */
function decimalMark(digits: string, group: string): string | undefined {
  const marks = digits.replace(/\d/g, '')
  const last = marks.at(-1)
  if (!last || last === arabicGroup || new Set(marks).size > 1)
    return last === arabicGroup ? undefined : last
  if (marks.length > 1)
    return last === arabicDecimal ? last : undefined
  return last === group && /^[1-9]\d{0,2}\D\d{3}$/.test(digits) ? undefined : last
}

/** One kind of mark, between groups as somebody writes them: thousands, or lakhs and crores. */
function isGrouped(whole: string): boolean {
  const marks = new Set(whole.replace(/\d/g, ''))
  return marks.size === 1 && groups.test(whole.replace(/\D/g, ','))
}

/** Decimal digits come in runs of ten, so a digit's value is its distance from the start of its run. */
function plainDigits(text: string): string {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    let start = code
    while (/\p{Nd}/u.test(String.fromCodePoint(start - 1)))
      start--
    return String((code - start) % 10)
  })
}
