import type { Me, MyOrg } from './account.ts'
import { nextTick, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useSession } from '../stores/session.ts'
import { forgetOwedSignOut, identityIn } from './account.ts'
import { refusalByField } from './askServer.ts'

/** What every way in shares: busy, refusals at their fields, and opening the company at the end. */
export function useEntry() {
  const session = useSession()
  const router = useRouter()
  const route = useRoute()
  const busy = shallowRef(false)
  const errors = shallowRef<Record<string, string>>({})

  /** Runs one step of a form; what it refuses stands at the fields, what was typed stays. */
  async function step(work: () => Promise<{ refused: string, fields: readonly string[] } | undefined>): Promise<void> {
    if (busy.value)
      return
    busy.value = true
    errors.value = {}
    try {
      const no = await work()
      errors.value = no ? refusalByField(no) : {}
    }
    finally {
      busy.value = false
    }
    await nextTick()
    document.querySelector<HTMLElement>('form [aria-invalid=true]')?.focus()
  }

  /** Opens one of the person's companies, and goes where they were headed. */
  async function open(me: Me, org: MyOrg | undefined): Promise<void> {
    const identity = identityIn(me, org)
    if (!identity)
      return
    forgetOwedSignOut()
    await session.enter(identity)
    const wanted = String(route.query.to ?? '/today')
    await router.replace(/^\/(?!\/)/.test(wanted) ? wanted : '/today')
  }

  return { session, busy, errors, step, open }
}
