import type { Answer } from './askServer.ts'
import { shallowRef } from 'vue'
import { useSnacks } from '../stores/snacks.ts'
import { refusalText, t } from '../text/t.ts'
import { askServer } from './askServer.ts'
import { useReplica } from './useReplica.ts'

interface Place { org: string, member: string }

/** Asks the server to write the demo company into an org; its records then arrive as any others. */
export function writeDemo(who: Place): Promise<Answer<object>> {
  return askServer('POST', `/api/orgs/${who.org}/demo`, {}, who)
}

/** The demo company in the open org: one tap in, one tap out. */
export function useDemo() {
  const replica = useReplica()
  const snacks = useSnacks()
  const busy = shallowRef(false)

  async function run(work: () => Promise<Answer<object>>, done: string): Promise<void> {
    if (busy.value)
      return
    busy.value = true
    const answer = await work()
    busy.value = false
    replica.retry()
    snacks.show('body' in answer ? done : refusalText({ code: answer.refused }))
  }

  const add = () => run(() => writeDemo(replica), t('settings.demoAdded'))
  const remove = () => run(() => askServer('DELETE', `/api/orgs/${replica.org}/demo`, undefined, replica), t('settings.demoRemoved'))
  return { busy, add, remove }
}
