import type { Me, MyOrg } from './account.ts'
import { onMounted, reactive, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { askMe } from './account.ts'
import { askServer } from './askServer.ts'
import { useEntry } from './useEntry.ts'

/** Signs in and opens the company: the one this device knows, the only one, or the one they choose. */
export function useSignIn() {
  const { session, busy, errors, step, open } = useEntry()
  const router = useRouter()
  const switching = useRoute().query.choose !== undefined
  const you = reactive({ email: '', password: '' })
  /** Set while a company is to be chosen. */
  const me = shallowRef<Me>()

  const signIn = () => step(async () => {
    const answer = await askServer('POST', '/api/account/sign-in', you)
    if (!('body' in answer))
      return answer
    return goOn()
  })

  async function goOn() {
    const answer = await askMe()
    if (!('body' in answer))
      return answer
    const { user, orgs } = answer.body
    const known = orgs.find(({ org }) => user?.id === session.identity?.user && org === session.identity?.org)
    const only = switching ? undefined : known ?? (orgs.length === 1 ? orgs[0] : undefined)
    if (only)
      await open(answer.body, only)
    else if (user && orgs.length === 0)
      await router.replace('/welcome')
    else if (user)
      me.value = answer.body
  }

  const choose = (org: MyOrg) => step(async () => {
    if (me.value)
      await open(me.value, org)
    return undefined
  })

  onMounted(() => switching && step(goOn))
  return { you, me, busy, errors, session, signIn, choose }
}
