import type { PrecacheEntry } from 'workbox-precaching'
import { clientsClaim } from 'workbox-core'
import { cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching'
import { NavigationRoute, registerRoute } from 'workbox-routing'
import { notificationOf, readReminder } from './reminder.ts'

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: (PrecacheEntry | string)[] }

/**
 * Keeps the app itself, and nothing of anybody's: every page opens from the precache, `/api` always
 * goes to the server, and so does a page asked for with `?fresh=`, the way out of a stuck update.
 */
precacheAndRoute(self.__WB_MANIFEST)
cleanupOutdatedCaches()
registerRoute(new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/api(?:\/|$)/, /[?&]fresh=/] }))
clientsClaim()

self.addEventListener('message', (event) => {
  if ((event.data as { type?: string } | undefined)?.type === 'SKIP_WAITING')
    void self.skipWaiting()
})

self.addEventListener('push', (event) => {
  const reminder = readReminder(event.data?.text())
  if (!reminder)
    return
  const { title, options } = notificationOf(reminder, Date.now())
  event.waitUntil(Promise.all([self.registration.showNotification(title, options), badge(reminder.due)]))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openAt((event.notification.data as { url: string }).url))
})

/** Only some systems have a badge. */
async function badge(due: number): Promise<void> {
  if ('setAppBadge' in self.navigator)
    await self.navigator.setAppBadge(due)
}

/** A window that is open is asked to go there itself: loading it anew would take what somebody types in it. */
async function openAt(url: string): Promise<void> {
  const windows = await self.clients.matchAll({ type: 'window' })
  const open = windows.find(({ visibilityState }) => visibilityState === 'visible') ?? windows[0]
  if (!open)
    return void await self.clients.openWindow(url)
  open.postMessage({ type: 'GO', url })
  await open.focus()
}
