import type { Kind } from '#shared/record/envelope.ts'
import { onMounted, shallowRef } from 'vue'
import { useRecords } from './useLive.ts'

const kinds = ['seat', 'member', 'kpi', 'sheet', 'issue'] as const satisfies readonly Kind[]

/** What this device keeps: how many of each, how much space, and whether the browser promised to keep it. */
export function useDevice() {
  const counts = kinds.map(kind => ({ kind, records: useRecords({ kind }) }))
  const used = shallowRef<{ usage: number, quota: number }>()
  const persisted = shallowRef<boolean>()
  const denied = shallowRef(false)

  async function look(): Promise<void> {
    const { usage, quota } = await navigator.storage?.estimate?.() ?? {}
    used.value = usage !== undefined && quota !== undefined ? { usage, quota } : undefined
    persisted.value = await navigator.storage?.persisted?.()
  }

  async function persist(): Promise<void> {
    persisted.value = await navigator.storage.persist()
    denied.value = !persisted.value
  }

  onMounted(look)
  return { counts, used, persisted, denied, persist }
}
