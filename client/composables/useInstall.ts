import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

interface InstallPrompt extends Event { prompt: () => Promise<void>, userChoice: Promise<{ outcome: 'accepted' | 'dismissed' }> }

const key = 'otp.install'
const quiet = 30 * 24 * 60 * 60 * 1000
const enough = 2
interface Kept { weeks: string[], dismissedAt: number }

/** Whether and how this device can keep the app: offered after the second finished week or on leaving a meeting, 30 days apart. */
export const useInstall = defineStore('install', () => {
  const prompt = shallowRef<InstallPrompt>()
  const installed = shallowRef(runsAsApp())
  const offered = shallowRef(false)
  const ios = isIos(navigator)
  const how = computed(() => installed.value ? 'done' : prompt.value ? 'prompt' : ios ? 'ios' : 'cannot')

  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault()
    prompt.value = event as InstallPrompt
  })
  addEventListener('appinstalled', () => {
    installed.value = true
    offered.value = false
  })

  /** A week's numbers are all in; the second such week is the moment to offer. */
  function weekFinished(week: string): void {
    const kept = read()
    const weeks = [...new Set([...kept.weeks, week])].slice(-enough)
    write({ ...kept, weeks })
    if (weeks.length >= enough)
      offer()
  }

  /** Offers it, unless it cannot be installed, is already, or somebody said "not now" in the last 30 days. */
  function offer(now = Date.now()): void {
    offered.value = (how.value === 'prompt' || how.value === 'ios') && now - read().dismissedAt > quiet
  }

  function dismiss(now = Date.now()): void {
    offered.value = false
    write({ ...read(), dismissedAt: now })
  }

  /** Shows the browser's own question; it can be shown once. */
  async function install(): Promise<void> {
    const asking = prompt.value
    prompt.value = undefined
    await asking?.prompt()
    if ((await asking?.userChoice)?.outcome === 'dismissed')
      dismiss()
    offered.value = false
  }

  return { how, offered, weekFinished, offer, dismiss, install }
})

/** Whether this is the app on the home screen, not a page in a browser. */
export function runsAsApp(): boolean {
  return matchMedia('(display-mode: standalone)').matches || (navigator as { standalone?: boolean }).standalone === true
}

/** iPadOS calls itself a Mac, with a touch screen. */
export function isIos({ userAgent, maxTouchPoints }: { userAgent: string, maxTouchPoints: number }): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1)
}

function read(): Kept {
  const none: Kept = { weeks: [], dismissedAt: 0 }
  try {
    return { ...none, ...JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Kept> }
  }
  catch {
    return none
  }
}

function write(kept: Kept): void {
  localStorage.setItem(key, JSON.stringify(kept))
}
