import type { Identity } from '../db/identity.ts'
import type { Replica } from '../db/types.ts'
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import { forgetIdentity, rememberedIdentity, rememberIdentity } from '../db/identity.ts'
import { openReplica } from '../db/open.ts'

/** Who is using this device and which org is open: never more than one replica at a time. */
export const useSession = defineStore('session', () => {
  const identity = shallowRef<Identity | undefined>(rememberedIdentity())
  const replica = shallowRef<Replica>()
  const signedOut = shallowRef(false)
  /** The org this person was removed from while the app was open. */
  const gone = shallowRef<string>()
  const name = computed(() => identity.value?.name ?? '')

  /** Opens what this device remembers; asks no network. */
  async function resume(): Promise<boolean> {
    if (identity.value && !replica.value)
      await open(identity.value)
    return replica.value !== undefined
  }

  /** Opens an org for a person, closing whatever was open before. */
  async function enter(next: Identity): Promise<void> {
    await replica.value?.close()
    replica.value = undefined
    rememberIdentity(next)
    identity.value = next
    signedOut.value = false
    await open(next)
  }

  /** Closes the org and forgets the person; `purge` deletes their copy on this device too. */
  async function leave(purge: boolean): Promise<void> {
    const leaving = replica.value
    replica.value = undefined
    identity.value = undefined
    forgetIdentity()
    await (purge ? leaving?.purge() : leaving?.close())
  }

  /** Asks who the server thinks this is. Without an answer, or with 401, everything stays as it is here. */
  async function check(): Promise<void> {
    const answer = await fetch('/api/account/me', { headers: { accept: 'application/json' } }).catch(() => undefined)
    signedOut.value = answer?.status === 401
  }

  async function open({ org, member }: Identity) {
    replica.value = markRaw(await openReplica({ org, member, onGone: forget }))
  }

  /** The server said this person left the org: the replica deleted itself, and the page says why. */
  function forget() {
    gone.value = identity.value?.orgName
    replica.value = undefined
    identity.value = undefined
    forgetIdentity()
  }

  return { identity, replica, signedOut, gone, name, resume, enter, leave, check }
})
