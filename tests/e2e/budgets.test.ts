import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { builtClient } from '../support/dist.ts'

const dist = builtClient()
const assets = readdirSync(join(dist, 'assets'))
const text = (file: string) => readFileSync(join(dist, 'assets', file), 'utf8')
const page = (name: string) => assets.filter(file => new RegExp(`^${name}Page-.*\\.js$`).test(file))

/** kB of 1,000 bytes, brotli: what travels. */
const sizeOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + brotliCompressSync(text(file)).length, 0) / 1000

/** A chunk and everything it needs before it can run. */
function withImports(files: readonly string[], found = new Set<string>()): Set<string> {
  for (const file of files.filter(one => !found.has(one))) {
    found.add(file)
    withImports([...text(file).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)].map(([, name]) => name as string), found)
  }
  return found
}

const entry = [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/\/assets\/([^"]+\.js)/g)].map(([, name]) => name as string)
const firstScreen = withImports([...entry, ...page('Today')])

describe('what travels to a phone stays small', () => {
  it('javaScript for the first screen is at most 150 kB', () => {
    expect(firstScreen.size).toBeGreaterThan(1)
    expect(sizeOf(firstScreen)).toBeLessThanOrEqual(150)
  })

  it('a page loads at most 25 kB more', () => {
    const pages = assets.filter(file => /Page-.*\.js$/.test(file))
    expect(pages.length).toBeGreaterThan(10)
    for (const file of pages)
      expect(sizeOf([...withImports([file])].filter(one => !firstScreen.has(one))), file).toBeLessThanOrEqual(25)
  })

  it('all styles together are at most 15 kB', () => {
    expect(sizeOf(assets.filter(file => file.endsWith('.css')))).toBeLessThanOrEqual(15)
  })

  it('the first screen loads no schema library and no file parser', () => {
    for (const file of firstScreen)
      expect(text(file), file).not.toMatch(/ZodError|\$ZodType|papaparse/i)
  })
})
