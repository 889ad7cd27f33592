import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'

const root = process.env.REAL_DATA_DIR ?? resolve(import.meta.dirname, '../../../shared/data')
const isThere = existsSync(root)

/** The text of a file of the real data sets, or of bytes that are not UTF-8 with what can be read of them. */
export const realData = (...path: string[]) => readFileSync(resolve(root, ...path), 'utf8')

/** The text of a file of the real data sets, or where they are not, other text like it. */
export const realDataOr = (otherwise: string, ...path: string[]) => isThere ? realData(...path) : otherwise

/** The names of the files in a folder of the real data sets. */
export const realFiles = (...path: string[]) => readdirSync(resolve(root, ...path))

/**
 * A suite over the real data sets, which live beside the repository and never in it. Where they are not,
 * the suite only says so and shows as skipped: it cannot even be listed without its files.
 */
export function describeWithRealData(title: string, suite: () => void): void {
  if (isThere)
    return void describe(title, suite)
  describe(title, () => {
    it('real data absent: this suite is not run', () => expect(existsSync(root)).toBe(false))
    it.skip('the whole suite')
  })
}

/** Every file below a folder of the real data sets, as a choice of that folder gives them. */
export function realTree(...path: string[]): { path: string, text: string }[] {
  const files = readdirSync(resolve(root, ...path), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const below = files.map(({ parentPath, name }) => relative(root, join(parentPath, name)).split(sep).join('/'))
  return below.map(name => ({ path: name, text: realData(name) }))
}
