import { computed, onMounted, shallowRef } from 'vue'
import { useSnacks } from '../stores/snacks.ts'
import { refusalText, t } from '../text/t.ts'
import { askServer } from './askServer.ts'
import { useReplica } from './useReplica.ts'

export interface AgentKey {
  id: string
  label: string
  scope: 'read' | 'all'
  createdBy: string
  createdAt: number
  lastUsedAt?: number
  revokedAt?: number
  refused?: { at: number, code: string }
}

/** The keys of an agent's seat: the server keeps them, this device never. */
export function useAgentKeys(seat: string) {
  const replica = useReplica()
  const snacks = useSnacks()
  const path = `/api/orgs/${replica.org}/seats/${seat}/keys`
  const keys = shallowRef<readonly AgentKey[]>()
  const origin = shallowRef(location.origin)
  /** A key that was just made; told once. */
  const fresh = shallowRef<string>()
  const refused = shallowRef<string>()
  const busy = shallowRef(false)
  const open = computed(() => keys.value?.filter(key => key.revokedAt === undefined))
  const gone = computed(() => (keys.value?.length ?? 0) - (open.value?.length ?? 0))

  async function load(): Promise<void> {
    const answer = await askServer<{ keys: AgentKey[], origin: string }>('GET', path, undefined, replica)
    refused.value = 'body' in answer ? undefined : answer.refused
    if (!('body' in answer))
      return
    keys.value = answer.body.keys
    origin.value = answer.body.origin
  }

  async function make(label: string, scope: AgentKey['scope']): Promise<boolean> {
    busy.value = true
    const answer = await askServer<AgentKey & { key: string }>('POST', path, { label, scope }, replica)
    busy.value = false
    if (!('body' in answer)) {
      snacks.show(refusalText({ code: answer.refused }))
      return false
    }
    fresh.value = answer.body.key
    await load()
    return true
  }

  async function revoke(id: string): Promise<void> {
    const answer = await askServer('DELETE', `${path}/${id}`, undefined, replica)
    snacks.show('body' in answer ? t('agent.revoked') : refusalText({ code: answer.refused }))
    await load()
  }

  onMounted(load)
  return { keys, open, gone, origin, fresh, refused, busy, load, make, revoke }
}
