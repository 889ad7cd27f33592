import { askServer } from './askServer.ts'
import { isIos, runsAsApp } from './useInstall.ts'

/** How reminders stand on this device. `install`: an iPhone shows them only from its home screen. */
export type Standing = 'unsupported' | 'install' | 'denied' | 'default' | 'granted'

/** Whose device it is, and in which company. */
export interface Whose { org: string, member: string }

/** What the server knows of a person's reminders; `on` is null where nobody ever asked them. */
export interface Wished { key: string, on: boolean | null, devices: number }

export const reminders = (who: Whose, rest = '') => `/api/orgs/${who.org}/reminders${rest}` as const

export function standing(): Standing {
  if ('Notification' in globalThis && 'PushManager' in globalThis && 'serviceWorker' in navigator)
    return Notification.permission
  return isIos(navigator) && !runsAsApp() ? 'install' : 'unsupported'
}

/** What this browser's push service knows it by; undefined where it is not told anything. */
export async function listening(): Promise<PushSubscription | undefined> {
  const worker = 'serviceWorker' in navigator ? await navigator.serviceWorker.getRegistration() : undefined
  return await worker?.pushManager?.getSubscription() ?? undefined
}

/** Puts this device under this person; one that was told by another server's keys is told anew. False where its push service or the server does not answer. */
export async function listen(who: Whose, key: string): Promise<boolean> {
  const worker = await navigator.serviceWorker.getRegistration()
  const before = await listening()
  if (before && !isOf(before, key))
    await before.unsubscribe()
  const subscription = before && isOf(before, key) ? before : await worker?.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }).catch(() => undefined)
  const { endpoint, keys } = subscription?.toJSON() ?? {}
  return endpoint !== undefined && 'body' in await askServer('PUT', reminders(who, '/device'), { endpoint, keys }, who)
}

/** The device is nobody's any more: what was on its way to it is thrown away by its push service. Fails never: a sign-out goes on. */
export async function fallSilent(): Promise<void> {
  const told = await listening().catch(() => undefined)
  await told?.unsubscribe().catch(() => undefined)
  if ('clearAppBadge' in navigator)
    await navigator.clearAppBadge().catch(() => undefined)
}

/** On a start: the device is this person's where they wish it, whoever had it before; push services change its name now and then. */
export async function listenOn(who: Whose): Promise<void> {
  if (standing() !== 'granted' || !await listening())
    return
  const answer = await askServer<Wished>('GET', reminders(who), undefined, who)
  if ('body' in answer)
    await (answer.body.on ? listen(who, answer.body.key) : fallSilent())
}

function isOf({ options }: PushSubscription, key: string): boolean {
  const bytes = new Uint8Array(options.applicationServerKey ?? new ArrayBuffer(0))
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key
}
