import { shallowRef } from 'vue'
import { useReplica } from './useReplica.ts'

/** A line being typed: kept on this device at every key until `clear`. */
export function useDraft(key: string) {
  const replica = useReplica()
  const text = shallowRef('')
  const saving = { last: Promise.resolve() }
  const keep = (kept: string | undefined) => saving.last = saving.last.catch(() => {}).then(() => replica.saveDraft(key, kept))

  function type(typed: string): void {
    text.value = typed
    void keep(typed || undefined)
  }

  void replica.draft(key).then(kept => text.value ||= kept ?? '')

  return { text, type, clear: () => type(''), saved: () => saving.last }
}

/** A text being changed: `start` opens it with what stands, a draft of it reopens by itself. */
export function useEdit(key: string, current: () => string) {
  const replica = useReplica()
  const editing = shallowRef(false)
  const text = shallowRef('')
  const saving = { last: Promise.resolve() }
  const keep = (kept: string | undefined) => saving.last = saving.last.catch(() => {}).then(() => replica.saveDraft(key, kept))

  function start(): void {
    text.value = current()
    editing.value = true
  }

  function type(typed: string): void {
    text.value = typed
    void keep(typed === current() ? undefined : typed)
  }

  function end(): void {
    editing.value = false
    void keep(undefined)
  }

  void replica.draft(key).then((kept) => {
    if (kept === undefined || editing.value)
      return
    text.value = kept
    editing.value = true
  })

  return { editing, text, start, type, end }
}
