import type { Me } from './account.ts'
import { computed, onMounted, reactive, shallowRef } from 'vue'
import { askMe, tellSignOut } from './account.ts'
import { askServer } from './askServer.ts'
import { useEntry } from './useEntry.ts'

interface Look { org: { id: string, name: string }, member: { id: string, name: string }, expiresAt: number }

/** An invite's link: what it leads to, then in, with the account at hand, a new one or a known one. */
export function useJoin(token: string) {
  const { busy, errors, step, open } = useEntry()
  const look = shallowRef<Look>()
  const me = shallowRef<Me>()
  const stage = shallowRef<'asking' | 'offline' | 'gone' | 'ready'>('asking')
  const you = reactive({ name: '', email: '', password: '' })
  const isNew = shallowRef(true)
  const signedIn = computed(() => me.value?.user ?? undefined)

  async function ask(): Promise<void> {
    const [found, who] = await Promise.all([askServer<Look>('GET', `/api/invites/${token}`), askMe()])
    if (!('body' in found))
      return void (stage.value = found.refused === 'invite-gone' || found.refused === 'not-found' ? 'gone' : 'offline')
    me.value = 'body' in who ? who.body : undefined
    look.value = found.body
    you.name ||= found.body.member.name
    stage.value = 'ready'
  }

  const join = () => step(async () => {
    const { name, ...known } = you
    const body = signedIn.value ? {} : isNew.value ? { ...known, name } : known
    const answer = await askServer<{ org: string }>('POST', `/api/invites/${token}/accept`, body)
    if (!('body' in answer))
      return answer
    const who = await askMe()
    if (!('body' in who))
      return who
    await open(who.body, who.body.orgs.find(({ org }) => org === answer.body.org))
  })

  /** The person at this device is not who is signed in here. */
  const useAnother = () => step(async () => {
    await tellSignOut()
    await ask()
    return undefined
  })

  onMounted(ask)
  return { look, stage, you, isNew, signedIn, busy, errors, ask, join, useAnother }
}
