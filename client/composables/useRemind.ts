import type { Wished } from './remindHere.ts'
import { computed, shallowRef } from 'vue'
import { askServer } from './askServer.ts'
import { listen, listening, reminders, standing } from './remindHere.ts'
import { useReplica } from './useReplica.ts'

/** A person's wish to be reminded, which is theirs on every device, and how it stands on this one. */
export function useRemind() {
  const { org, member } = useReplica()
  const who = { org, member }
  const wished = shallowRef<Wished>()
  const here = shallowRef(false)
  const allowed = shallowRef(standing())
  const trouble = shallowRef<'offline' | 'failed'>()
  const busy = shallowRef(false)
  const on = computed(() => wished.value?.on === true)

  async function load(): Promise<void> {
    const answer = await askServer<Wished>('GET', reminders(who), undefined, who)
    wished.value = 'body' in answer ? answer.body : undefined
    trouble.value = 'body' in answer ? undefined : 'offline'
    here.value = await listening() !== undefined
  }

  /** Asks the browser where it has not been asked; a tap leads here, else it would not ask. */
  async function turn(next: boolean): Promise<void> {
    busy.value = true
    if (next && allowed.value === 'default')
      allowed.value = await Notification.requestPermission()
    const answer = await askServer('PUT', reminders(who, '/wish'), { on: next }, who)
    const heard = !next || allowed.value !== 'granted' || !wished.value || await listen(who, wished.value.key)
    await load()
    trouble.value ??= 'refused' in answer ? 'offline' : heard ? undefined : 'failed'
    busy.value = false
  }

  return { wished, on, here, allowed, trouble, busy, load, turn }
}
