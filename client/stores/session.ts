import type { Identity } from '../db/identity.ts'
import type { Replica } from '../db/types.ts'
import { defineStore } from 'pinia'
import { computed, markRaw, shallowRef } from 'vue'
import { openEarly } from '../db/early.ts'
import { forgetIdentity, rememberedIdentity, rememberIdentity } from '../db/identity.ts'
import { storageFaultOf } from '../db/patient.ts'
import { reloadOnce } from '../db/reload.ts'

/** What one tab tells the others of this browser. */
type Told = 'left' | 'entered' | 'renewed'

/** Why nothing can be kept on this device, and the browser's own name for it. */
export interface Trouble { code: 'refused' | 'full' | 'lost', error: string }

/** Who is using this device and which org is open: never more than one replica at a time. */
export const useSession = defineStore('session', () => {
  const trouble = shallowRef<Trouble>()
  const identity = shallowRef<Identity | undefined>(remembered())
  const replica = shallowRef<Replica>()
  const signedOut = shallowRef(false)
  /** The company that took this person out, until somebody comes in again. */
  const goneFrom = shallowRef<string>()
  const isOpen = ({ org, member }: Identity) => replica.value?.org === org && replica.value.member === member
  /** The copy on this device is being deleted. */
  const leaving = shallowRef(false)
  const renewal = { done: Promise.resolve<unknown>(undefined) }
  const name = computed(() => identity.value?.name ?? '')
  const tabs = new BroadcastChannel('otp:session')
  const tell = (told: Told) => tabs.postMessage(told)
  tabs.onmessage = ({ data }: MessageEvent<Told>) => void follow(data)

  /** Opens what this device remembers; asks no network. */
  async function resume(): Promise<boolean> {
    if (identity.value && !replica.value)
      await open(identity.value)
    return replica.value !== undefined
  }

  /** Opens an org for a person, closing whatever was open before; what others kept here stays theirs. */
  async function enter(next: Identity): Promise<void> {
    signedOut.value = false
    goneFrom.value = undefined
    rememberIdentity(next)
    identity.value = next
    if (isOpen(next)) {
      replica.value?.retry()
    }
    else {
      await close()
      await open(next, true)
    }
    tell('entered')
  }

  /** Remembers another name for the person or the company, as the records now have it. */
  function rename(change: Partial<Pick<Identity, 'name' | 'orgName'>>): void {
    if (!identity.value)
      return
    identity.value = { ...identity.value, ...change }
    rememberIdentity(identity.value)
  }

  /** Closes the org, then forgets the person; `purge` deletes their copy on this device first. */
  async function leave(purge: boolean): Promise<void> {
    const closing = replica.value
    replica.value = undefined
    leaving.value = true
    tell('left')
    try {
      await (purge ? closing?.purge() : closing?.close())
    }
    finally {
      forget()
      leaving.value = false
    }
  }

  /** Asks who the server thinks this is. Without an answer, or with 401, everything stays as it is here. */
  async function check(): Promise<void> {
    const answer = await fetch('/api/account/me', { headers: { accept: 'application/json' } }).catch(() => undefined)
    const me = answer?.ok ? await answer.json().catch(() => undefined) as { user: { id: string } | null } | undefined : undefined
    if (answer?.status === 401 || me)
      signedOut.value = identity.value !== undefined && me?.user?.id !== identity.value.user
  }

  /** A browser that keeps nothing for this address may not even let it be read. */
  function remembered() {
    try {
      return rememberedIdentity()
    }
    catch (error) {
      fail(error)
    }
  }

  function fail(error: unknown) {
    trouble.value = { code: storageFaultOf(error) === 'full' ? 'full' : 'refused', error: (error as Error).name }
  }

  /** The browser took the database away; a reload brings it back, unless the last one just failed to. */
  function onLost() {
    if (!reloadOnce())
      trouble.value = { code: 'lost', error: 'DatabaseClosedError' }
  }

  async function open(next: Identity, atOnce = false) {
    const { org, orgName, member } = next
    const onGone = () => {
      goneFrom.value = orgName
      replica.value = undefined
      forget()
    }
    const onReset = (renewed: Promise<Replica>) => {
      replica.value = undefined
      tell('renewed')
      renewal.done = renewed.then(fresh => replica.value = markRaw(fresh), fail)
    }
    const { replica: early, opened } = openEarly({ org, member, onGone, onReset, onLost }, atOnce)
    replica.value = markRaw(early)
    try {
      await opened
    }
    catch (error) {
      if (replica.value === early)
        replica.value = undefined
      fail(error)
    }
  }

  /** A copy that is just being handed over would stay open beside the next one. */
  async function close() {
    await renewal.done
    const closing = replica.value
    replica.value = undefined
    await closing?.close()
  }

  function forget() {
    forgetIdentity()
    identity.value = undefined
  }

  /** Another tab signed out, opened somebody else's records, or built the copy anew: nothing of before stays on this one. */
  async function follow(told: Told) {
    const next = told === 'left' ? undefined : rememberedIdentity()
    signedOut.value = false
    if (told === 'entered' && next && isOpen(next))
      return replica.value?.retry()
    await close()
    identity.value = next
    if (next)
      await open(next)
  }

  return { identity, replica, signedOut, goneFrom, leaving, trouble, name, resume, enter, rename, leave, check }
})
