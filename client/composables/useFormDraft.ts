import { reactive, watch } from 'vue'
import { useReplica } from './useReplica.ts'

/** A form being filled in: kept on this device at every key until `clear`. What was typed before comes back unless somebody has begun anew. */
export function useFormDraft<F extends Record<string, string>>(key: string, blank: F) {
  const replica = useReplica()
  const form = reactive({ ...blank }) as F
  const saving = { last: Promise.resolve(), over: false }
  const keep = (kept: string | undefined) => saving.last = saving.last.catch(() => {}).then(() => replica.saveDraft(key, kept))
  const isTouched = () => Object.entries(blank).some(([field, value]) => form[field] !== value)

  watch(form, () => saving.over || void keep(isTouched() ? JSON.stringify(form) : undefined), { flush: 'sync' })

  void replica.draft(key).then((kept) => {
    if (kept && !isTouched())
      Object.assign(form, knownOf(kept, blank))
  })

  function clear(): Promise<void> {
    saving.over = true
    return keep(undefined)
  }

  return { form, clear, saved: () => saving.last }
}

/** The texts of a kept draft that the form still has. */
function knownOf<F extends Record<string, string>>(kept: string, blank: F): Partial<F> {
  const read = JSON.parse(kept) as Record<string, unknown>
  return Object.fromEntries(Object.entries(read).filter(([field, value]) => field in blank && typeof value === 'string')) as Partial<F>
}
