import type { Me } from './account.ts'
import { onMounted, reactive, shallowRef } from 'vue'
import { useRoute } from 'vue-router'
import { locale } from '../text/intl.ts'
import { t } from '../text/t.ts'
import { askMe } from './account.ts'
import { askServer } from './askServer.ts'
import { guessPlace } from './guesses.ts'
import { writeDemo } from './useDemo.ts'
import { useEntry } from './useEntry.ts'

type Stage = 'gone' | 'asking' | 'offline' | 'closed' | 'you' | 'company'

/** From nobody to an open company: an account, then its name. Whoever is signed in already goes on from there. */
export function useWelcome() {
  const { busy, errors, step, open } = useEntry()
  const route = useRoute()
  const stage = shallowRef<Stage>(route.query.gone ? 'gone' : 'asking')
  const me = shallowRef<Me>()
  const you = reactive({ name: '', email: '', password: '' })
  const company = reactive({ name: '', place: guessPlace(locale(), new Intl.DateTimeFormat().resolvedOptions().timeZone) })

  async function look(): Promise<void> {
    const answer = await askMe()
    if (!('body' in answer))
      return void (stage.value = 'offline')
    me.value = answer.body
    const { user, orgs, first, signUp } = answer.body
    if (user && orgs.length > 0)
      return open(answer.body, orgs[0])
    stage.value = user ? 'company' : first || signUp === 'open' ? 'you' : 'closed'
  }

  const makeAccount = () => step(async () => {
    const answer = await askServer('POST', '/api/account/sign-up', you)
    if (!('body' in answer))
      return answer
    await look()
  })

  const makeCompany = (demo: boolean) => step(async () => {
    const yourName = you.name.trim() || me.value?.user?.name || ''
    const name = company.name.trim() || (demo ? t('account.demoName') : '')
    const made = await askServer<{ org: string, member: string }>('POST', '/api/orgs', { ...company.place, name, yourName })
    if (!('body' in made))
      return made
    if (demo)
      await writeDemo(made.body)
    await look()
  })

  onMounted(() => stage.value === 'asking' && look())
  return { stage, me, you, company, busy, errors, look, makeAccount, makeCompany }
}
