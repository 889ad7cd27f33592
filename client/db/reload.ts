const key = 'otp:reloaded'
const apart = 60_000

/** Loads the page anew, at most once a minute: what a reload does not mend must not become a loop. False where it was not done. */
export function reloadOnce(): boolean {
  const now = Date.now()
  const reachable = navigator.onLine || navigator.serviceWorker?.controller
  if (!reachable || Math.abs(now - Number(sessionStorage.getItem(key) ?? 0)) < apart)
    return false
  sessionStorage.setItem(key, String(now))
  location.reload()
  return true
}
