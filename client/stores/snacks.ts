import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { t } from '../text/t.ts'

interface Snack { id: number, text: string, action?: string, run?: () => void }

/** One short message at the bottom, 7 s long; a new one takes the place of the old. */
export const useSnacks = defineStore('snacks', () => {
  const current = shallowRef<Snack>()
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(text: string, more: { undo?: () => void, action?: string, run?: () => void } = {}) {
    clearTimeout(timer)
    const run = more.undo ?? more.run
    const action = more.undo ? t('do.undo') : more.action
    current.value = { id: (current.value?.id ?? 0) + 1, text, action: run && action, run }
    timer = setTimeout(dismiss, 7000)
  }

  function act() {
    const run = current.value?.run
    dismiss()
    run?.()
  }

  function dismiss() {
    clearTimeout(timer)
    current.value = undefined
  }

  return { current, show, act, dismiss }
})
