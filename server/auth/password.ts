import type { ProblemCode } from '../domain/problem.ts'
import { commonPasswords } from './commonPasswords.ts'

const shortest = 8
const longest = 256

const bareCommon = new Set([...commonPasswords].map(bareOf).filter(bare => bare.length >= 4))

/** Why a new password will not do. `words` are what anybody would guess of this person: names, the company, the address. */
export function refusePassword(password: string, words: readonly string[]): ProblemCode | undefined {
  const length = [...password].length
  if (length < shortest)
    return 'password-short'
  if (length > longest)
    return 'password-long'
  return isCommon(password, words) ? 'password-common' : undefined
}

function isCommon(password: string, words: readonly string[]): boolean {
  const lower = password.toLowerCase()
  const bare = bareOf(lower)
  if (commonPasswords.has(lower) || bareCommon.has(bare) || new Set(lower).size < 4)
    return true
  return isRepeated(lower) || isRun(lower) || ['otp', ...words].map(plain).some(word => word.length > 2 && (plain(lower) === word || plain(bare) === word))
}

/** Without its tail of digits and signs, which is what people add when told to. */
function bareOf(lower: string): string {
  return lower.replace(/\P{L}+$/u, '')
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}

/** `passwordpassword`: something short, said again and again. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4, 5, 6, 7, 8].some(size => text.length >= size * 2 && text === text.slice(0, size).repeat(Math.ceil(text.length / size)).slice(0, text.length))
}

/** `abcdefgh`, `87654321`: each character the next, or the one before. */
function isRun(text: string): boolean {
  const steps = new Set([...text].slice(1).map((letter, at) => letter.charCodeAt(0) - text.charCodeAt(at)))
  return steps.size === 1 && (steps.has(1) || steps.has(-1))
}
