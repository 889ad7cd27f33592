import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import process from 'node:process'

/** Where the built client is: `DIST`, else `dist`. Fails where nobody has built it. */
export function builtClient(): string {
  const dist = resolve(import.meta.dirname, '../..', process.env.DIST ?? 'dist')
  if (!existsSync(join(dist, 'index.html')))
    throw new Error(`No built client in ${dist}: run npm run build first.`)
  return dist
}

/** A copy of the built client to deploy over. */
export function copyOfClient(): { dist: string, remove: () => void } {
  const dist = mkdtempSync(join(tmpdir(), 'otp-dist-'))
  cpSync(builtClient(), dist, { recursive: true })
  return { dist, remove: () => rmSync(dist, { recursive: true, force: true }) }
}
