const nothing = /^(?:[-–—]+|n\/?[ad]|null|nil|none|\.+)$/i
const english = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/
const european = /^\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?$|^\d{1,3}\.\d{3},\d+$|^\d+,\d{1,2}$/
const plain = /^(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i

/** `decimals` is how many the text needs: `5964.0` needs none. */
export interface NumberRead { value: number, decimals: number, percent: boolean, currency: boolean }

/** A number as people and spreadsheets write it; 'blank' for what stands for no number, undefined for other text. */
export function readNumber(text: string): NumberRead | 'blank' | undefined {
  const trimmed = text.trim()
  if (!trimmed || nothing.test(trimmed))
    return 'blank'
  const bracketed = /^\(.*\)$/.test(trimmed)
  const bare = trimmed.replace(/^\((.*)\)$/, '$1').replace(/[\u2212\u2013]/g, '-')
  const marks = { percent: bare.endsWith('%'), currency: /[$£€¥]/.test(bare) }
  const unmarked = bare.replace(/%$/, '').replace(/[$£€¥]/, '').replace(/[\s']+(?=\d{3})/g, '').trim()
  const [, sign, digits = ''] = /^([+-]?)(.*)$/s.exec(unmarked) ?? []
  const size = Number(inPlainDigits(digits.trim()))
  if (!Number.isFinite(size) || (bracketed && sign))
    return undefined
  const value = size === 0 ? 0 : bracketed || sign === '-' ? -size : size
  return { value, decimals: decimalsOf(value), ...marks }
}

function inPlainDigits(digits: string): string {
  if (english.test(digits))
    return digits.replaceAll(',', '')
  if (european.test(digits))
    return digits.replaceAll('.', '').replace(',', '.')
  return plain.test(digits) ? digits : 'x'
}

function decimalsOf(value: number): number {
  const places = /\.(\d+)$/.exec(String(value))?.[1]
  return Math.min(6, places?.length ?? 0)
}
