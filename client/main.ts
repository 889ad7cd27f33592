import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { makeRouter } from './router.ts'
import { useSession } from './stores/session.ts'
import './styles/base.css'

/** Opens what this device remembers before the first page, without asking any network. */
async function start() {
  const app = createApp(App).use(createPinia())
  const session = useSession()
  await session.resume()
  app.use(makeRouter(() => session.replica !== undefined)).mount('#app')
  await session.check()
}

void start()
