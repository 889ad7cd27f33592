import type { Section } from '#shared/record/meetingWords.ts'
import { onScopeDispose, watch } from 'vue'

/** Keeps the screen on while it is wanted, where the browser can; a phone that was put away asks again when it is back. */
export function useWakeLock(wanted: () => boolean): void {
  const held: { lock?: WakeLockSentinel } = {}

  async function ask(): Promise<void> {
    if (!('wakeLock' in navigator) || !wanted() || document.visibilityState !== 'visible' || held.lock?.released === false)
      return
    // Refused on a low battery: the meeting goes on without it.
    held.lock = await navigator.wakeLock.request('screen').catch(() => undefined)
    if (!wanted())
      letGo()
  }
  function letGo(): void {
    void held.lock?.release().catch(() => undefined)
    held.lock = undefined
  }
  const again = () => void ask()

  watch(wanted, now => now ? again() : letGo(), { immediate: true })
  document.addEventListener('visibilitychange', again)
  onScopeDispose(() => {
    document.removeEventListener('visibilitychange', again)
    letGo()
  })
}

/** A short buzz when the room moves on: where phones can, and not for who wants less motion. */
export function useBuzz(section: () => Section | undefined): void {
  watch(section, (next, before) => {
    if (next && before && 'vibrate' in navigator && !globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches)
      navigator.vibrate(30)
  })
}
