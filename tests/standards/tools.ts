import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'

/** The public tools have an install of their own: nobody who runs or tests this project carries them. */
export const toolsFolder = join(import.meta.dirname, 'tools')

export const inTools = (...parts: string[]) => join(toolsFolder, ...parts)

export interface Ran { code: number | null, said: string, complained: string }

/** Runs a script on this Node to its end. */
export async function run(script: string, args: readonly string[] = [], { input = '', env = {}, cwd = toolsFolder }: { input?: string, env?: Record<string, string>, cwd?: string } = {}): Promise<Ran> {
  const child = spawn(process.execPath, [script, ...args], { cwd, env: { ...process.env, ...env }, stdio: 'pipe' })
  child.stdin.end(input)
  const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit') as Promise<[number | null]>])
  return { code, said, complained }
}
