import { defineStore } from 'pinia'
import { ref, watch } from 'vue'

const key = 'otp.preferences'
interface Preferences { theme: 'auto' | 'light' | 'dark', systemKeyboard: boolean }

/** What this person chose for this device alone; kept here and sent nowhere. */
export const usePreferences = defineStore('preferences', () => {
  const kept = read()
  const theme = ref(kept.theme)
  const systemKeyboard = ref(kept.systemKeyboard)

  watch([theme, systemKeyboard], () => {
    localStorage.setItem(key, JSON.stringify({ theme: theme.value, systemKeyboard: systemKeyboard.value }))
  })
  watch(theme, wanted => document.documentElement.dataset.theme = wanted, { immediate: true })

  return { theme, systemKeyboard }
})

function read(): Preferences {
  const plain: Preferences = { theme: 'auto', systemKeyboard: false }
  try {
    return { ...plain, ...JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<Preferences> }
  }
  catch {
    return plain
  }
}
