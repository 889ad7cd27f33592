import { shallowRef } from 'vue'
import { useSession } from '../stores/session.ts'
import { tellSignOut } from './account.ts'
import { fallSilent } from './remindHere.ts'
import { useReplica } from './useReplica.ts'
import { useSyncState } from './useSyncState.ts'

const patience = 15_000

/** The way out of this device: send first, save a copy, or go; the copy here goes before anything is told to the server. */
export function useSignOut() {
  const replica = useReplica()
  const session = useSession()
  const { waiting } = useSyncState()
  const stage = shallowRef<'asking' | 'sending' | 'failed' | 'leaving'>('asking')

  /** Sends what waits; goes on only when nothing is left. */
  async function sendFirst(): Promise<void> {
    stage.value = 'sending'
    replica.retry()
    if (await emptied())
      await leave()
    else
      stage.value = 'failed'
  }

  async function leave(): Promise<void> {
    stage.value = 'leaving'
    await fallSilent()
    await session.leave(true)
    await tellSignOut()
  }

  /** Whether the queue ran empty in time. */
  async function emptied(): Promise<boolean> {
    const done = Promise.withResolvers<boolean>()
    const timer = setTimeout(done.resolve, patience, false)
    const held = replica.waiting.subscribe(left => left.length === 0 && done.resolve(true))
    const empty = await done.promise
    clearTimeout(timer)
    held.unsubscribe()
    return empty
  }

  /** Everything the server has not got, as a file of the person's own. */
  function save(): void {
    const rows = waiting.value.map(({ id, kind, d, waiting: fields }) => ({ id, kind, fields: Object.fromEntries(fields.map(field => [field, (d as unknown as Record<string, unknown>)[field] ?? null])), record: d }))
    const file = new Blob([JSON.stringify({ org: replica.org, member: replica.member, savedAt: new Date(replica.now()).toISOString(), changes: rows }, null, 2)], { type: 'application/json' })
    const link = document.createElement('a')
    link.href = URL.createObjectURL(file)
    link.download = `otp-waiting-${new Date(replica.now()).toISOString().slice(0, 10)}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }

  return { waiting, stage, sendFirst, leave, save }
}
