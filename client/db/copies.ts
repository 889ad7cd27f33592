import { baseOf, pointer, separator } from './copy.ts'
import { deleteDatabases } from './purge.ts'

const markOf = (base: string) => `otp:mark:${base}`
const numberOf = (name: string) => Number(name.split(separator)[1] ?? 0)

export const nextCopy = (name: string) => `${baseOf(name)}${separator}${numberOf(name) + 1}`

/** From now on this is the copy that counts. */
export const pointTo = (name: string) => localStorage.setItem(pointer(baseOf(name)), name)

/** Copies a crash left behind when a newer one was built. */
export async function olderCopies(name: string): Promise<string[]> {
  const listed = await indexedDB.databases?.() ?? []
  const names = new Set(listed.map(found => /^rxdb-dexie-(.+?)--/.exec(found.name ?? '')?.[1] ?? ''))
  return [...names].filter(found => baseOf(found) === baseOf(name) && numberOf(found) < numberOf(name))
}

/** Every copy of this member, and what is remembered of them. */
export async function deleteCopies(name: string): Promise<void> {
  await deleteDatabases(found => baseOf(found) === baseOf(name))
  localStorage.removeItem(pointer(baseOf(name)))
  localStorage.removeItem(markOf(baseOf(name)))
}

export const deleteCopy = (name: string) => deleteDatabases(found => found === name)

/**
 * What is known of a copy beside it. Chromium clears a site's databases to make room and leaves localStorage; where a browser
 * clears everything at once (Safari, a week unused) this goes with the rest, and the app starts as on a new device.
 */
export interface Mark { copy: string, waiting: number }

export function readMark(name: string): Mark | undefined {
  const text = localStorage.getItem(markOf(baseOf(name)))
  const mark = text ? JSON.parse(text) as Mark : undefined
  return mark?.copy === name ? mark : undefined
}

export const writeMark = (mark: Mark) => localStorage.setItem(markOf(baseOf(mark.copy)), JSON.stringify(mark))
export const dropMark = (name: string) => localStorage.removeItem(markOf(baseOf(name)))

/** How long other tabs have to let a copy go, ms. */
const patience = 3000

/** Does something to a copy once no tab has it open; leaves it alone where one keeps it. */
export async function onceUnused(name: string, work: () => Promise<void>): Promise<void> {
  const waiting = new AbortController()
  const timer = setTimeout(() => waiting.abort(), patience)
  const alone = navigator.locks.request(`otp:copy:${name}`, { signal: waiting.signal }, async () => {
    clearTimeout(timer)
    await work()
  })
  await alone.catch((error: unknown) => {
    if (!waiting.signal.aborted)
      throw error
  })
}

/** One tab at a time builds a copy anew. */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const { locks } = navigator
  return locks ? await locks.request(`otp:renew:${baseOf(name)}`, work) as T : work()
}
