import { defineStore } from 'pinia'
import { shallowRef } from 'vue'

/** How the org chart stood when it was left: what was open, and where the person was. */
export const useOutline = defineStore('outline', () => {
  const open = shallowRef<ReadonlySet<string>>()
  const at = shallowRef<string>()
  return { open, at }
})
