import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/** The others we compare with have an install of their own: nobody who runs or tests this project carries them. */
export const peersFolder = join(import.meta.dirname, 'peers')

/** Installs them where that has not been done; answers whether they are there. */
export function installPeers(leave: (text: string) => void): boolean {
  const noted = join(peersFolder, 'node_modules', '.package-lock.json')
  if (existsSync(noted) && statSync(noted).mtimeMs >= statSync(join(peersFolder, 'package-lock.json')).mtimeMs)
    return true
  const windows = process.platform === 'win32'
  const { status } = spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: peersFolder, stdio: ['ignore', 2, 2], shell: windows, timeout: 300_000 })
  if (status !== 0)
    leave('express-pouchdb and TinyBase could not be installed; nothing is compared with them.')
  return status === 0
}
