import type { App as VueApp } from 'vue'
import type { Router } from 'vue-router'
import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { useInstall } from './composables/useInstall.ts'
import { reloadOnMissingPart, useUpdate } from './composables/useUpdate.ts'
import { storageFaultOf } from './db/patient.ts'
import { makeRouter } from './router.ts'
import { useActs } from './stores/acts.ts'
import { useSession } from './stores/session.ts'
import { useSnacks } from './stores/snacks.ts'
import { t } from './text/t.ts'
import './styles/base.css'

/** Opens what this device remembers, without asking any network; the frame is there while the records are opened. */
async function start() {
  reloadOnMissingPart()
  const app = createApp(App).use(createPinia())
  const session = useSession()
  const opened = session.resume()
  const router = makeRouter(() => session.identity !== undefined)
  loadPage(router)
  watch(() => session.identity, (someone) => {
    if (!someone && !session.goneFrom && !router.currentRoute.value.meta.bare)
      void router.replace('/sign-in')
  })
  keepCurrent(router)
  sayWhenFull(app)
  app.use(router).mount('#app')
  await opened
  await session.check()
}

/** Whatever a person was doing: where the device had no room for it they are told, and what they typed is still on the screen. */
function sayWhenFull(app: VueApp) {
  const say = (error: unknown) => storageFaultOf(error) === 'full' && useSnacks().show(t('storage.noRoom'))
  app.config.errorHandler = (error) => {
    say(error)
    reportError(error)
  }
  addEventListener('unhandledrejection', ({ reason }) => void say(reason))
}

/** The first page's code comes while the records are opened. */
function loadPage(router: Router) {
  for (const { components } of router.resolve(location.pathname).matched) {
    const page = components?.default
    if (typeof page === 'function')
      void (page as () => Promise<unknown>)().catch(() => {})
  }
}

/** The installed app and its versions: offered on leaving a meeting, taken on the way to another page. */
function keepCurrent(router: Router) {
  const update = useUpdate()
  const install = useInstall()
  const acts = useActs()
  const meets = (path: string) => path.startsWith('/meeting')
  const isIn = (path: string) => path.startsWith('/meeting/')
  router.beforeEach((to, from) => from.matched.length === 0 || !update.loadsWhole(to.fullPath))
  router.afterEach((to, from) => {
    if (meets(from.path) && !meets(to.path))
      install.offer()
    if (isIn(from.path) && !isIn(to.path))
      acts.ended = true
  })
  // A reminder was tapped.
  navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent<{ type?: string, url?: string } | undefined>) => data?.type === 'GO' && data.url && void router.push(data.url))
  if (import.meta.env.PROD)
    void update.start()
}

void start()
