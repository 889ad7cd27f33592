import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'

/** Installs what a folder's own lock file names, where that has not been done; answers whether it is there. */
export function installIn(folder: string): boolean {
  const noted = join(folder, 'node_modules', '.package-lock.json')
  if (existsSync(noted) && statSync(noted).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs)
    return true
  const windows = process.platform === 'win32'
  return spawnSync(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder, stdio: ['ignore', 2, 2], shell: windows, timeout: 300_000 }).status === 0
}
