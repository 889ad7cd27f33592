import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { protocol } from '#shared/sync/version.ts'

/** The part of workbox-window this needs. */
interface Worker {
  addEventListener: (type: 'waiting' | 'controlling', listener: (event: { isUpdate?: boolean, isExternal?: boolean }) => void) => void
  register: (options?: { immediate?: boolean }) => Promise<unknown>
  update: () => Promise<void>
  messageSkipWaiting: () => void
}

const patience = 3000
const lookEvery = 60 * 60 * 1000

/** A new version waits until somebody asks for it, or until nothing is lost by taking it. */
export const useUpdate = defineStore('update', () => {
  const ready = shallowRef(false)
  /** The server no longer speaks this client's protocol. */
  const required = shallowRef(false)
  const worker = shallowRef<Worker>()
  const asked = shallowRef(false)
  const stale = shallowRef(false)
  const looked = { at: 0 }

  async function start(): Promise<void> {
    if (!('serviceWorker' in navigator))
      return
    const { Workbox } = await import('workbox-window')
    const wb = new Workbox('/sw.js') as unknown as Worker
    wb.addEventListener('waiting', () => ready.value = true)
    wb.addEventListener('controlling', ({ isUpdate, isExternal }) => {
      if (asked.value)
        return location.reload()
      stale.value = isUpdate === true || isExternal === true
    })
    await wb.register().catch(() => undefined)
    worker.value = wb
    document.addEventListener('visibilitychange', () => void wake())
    await look()
  }

  /** Takes the new version: by its worker, and where that does not come over in time, past it. */
  function apply(): void {
    asked.value = true
    worker.value?.messageSkipWaiting()
    setTimeout(loadPast, patience)
  }

  /** On the way to another page, a tab that another tab has updated under its feet loads it whole. */
  function loadsWhole(path: string): boolean {
    const whole = (stale.value || (required.value && ready.value)) && isQuiet()
    if (whole)
      location.assign(path)
    return whole
  }

  async function wake(): Promise<void> {
    if (document.visibilityState === 'hidden' && stale.value && isQuiet())
      return location.reload()
    if (document.visibilityState === 'visible' && Date.now() - looked.at > lookEvery)
      await look()
  }

  /** Asks the server which version it serves; past the worker, and without an answer nothing changes. */
  async function look(): Promise<void> {
    looked.at = Date.now()
    const answer = await fetch('/version.json', { cache: 'no-store' }).catch(() => undefined)
    const served = answer?.ok ? await answer.json().catch(() => undefined) as { oldestProtocol?: number } | undefined : undefined
    required.value = (served?.oldestProtocol ?? 0) > protocol
    await worker.value?.update().catch(() => undefined)
  }

  return { ready, required, start, apply, loadsWhole }
})

/** Nobody types, no sheet is open, no round is being voted: a reload would lose nothing. */
export function isQuiet(page: Document = document): boolean {
  const types = page.activeElement?.matches('input, textarea, select, [contenteditable]') ?? false
  return !types && !page.querySelector('dialog[open]') && !page.location.pathname.startsWith('/meeting/round')
}

/** Loads the page from the server whatever the worker keeps. */
function loadPast(): void {
  const url = new URL(location.href)
  url.searchParams.set('fresh', String(Date.now()))
  location.replace(url)
}

/** A part of the app that is gone from the server: the page is loaded whole, once. */
export function reloadOnMissingPart(): void {
  const key = 'otp.reloaded'
  addEventListener('vite:preloadError', (event) => {
    if (sessionStorage.getItem(key) || !navigator.onLine)
      return
    event.preventDefault()
    sessionStorage.setItem(key, '1')
    location.reload()
  })
}
