import { createPinia } from 'pinia'
import { createApp, watch } from 'vue'
import App from './App.vue'
import { makeRouter } from './router.ts'
import { useSession } from './stores/session.ts'
import './styles/base.css'

/** Opens what this device remembers before the first page, without asking any network. */
async function start() {
  const app = createApp(App).use(createPinia())
  const session = useSession()
  await session.resume()
  const router = makeRouter(() => session.replica !== undefined)
  watch(() => session.identity, (someone) => {
    if (!someone && !router.currentRoute.value.meta.bare)
      void router.replace('/sign-in')
  })
  app.use(router).mount('#app')
  await session.check()
}

void start()
