import type { ShallowRef } from 'vue'
import type { Kept, Rec, SyncState } from '../db/types.ts'
import { computed, inject, onScopeDispose, shallowRef, watch } from 'vue'
import { t } from '../text/t.ts'
import { useStream } from './useLive.ts'
import { replicaKey } from './useReplica.ts'

export interface SyncLook { mark: string, text: string, tone?: 'bad' | 'warn' | 'good', strong: boolean }

const starting: SyncState = { connection: 'starting', lastSync: 0, ahead: 0, ready: false }

/** How this device stands with the server: `live` at this moment, `look` as the chip has it, which changes every 2 s at most so that it never flickers. */
export function useSyncState(calm = 2000) {
  const replica = inject(replicaKey, shallowRef(undefined))
  const state = useStream<SyncState>(() => replica.value?.state, starting)
  const waiting = useStream<readonly Rec[]>(() => replica.value?.waiting, [])
  const kept = useStream<readonly Kept[]>(() => replica.value?.kept, [])
  const live = computed(() => lookOf(state.value.connection, waiting.value.length, kept.value.length, state.value.ready))
  return { replica, state, waiting, kept, live, look: calmly(live, calm) }
}

/** What needs the person comes first: a refusal, then what they must do, then what waits. */
export function lookOf(connection: SyncState['connection'], waiting: number, kept: number, ready = true): SyncLook {
  if (kept)
    return { mark: '!', text: t('sync.refused', { n: kept }), tone: 'bad', strong: true }
  if (connection === 'outdated')
    return { mark: '!', text: t('sync.outdated'), tone: 'warn', strong: true }
  if (connection === 'signed-out')
    return { mark: '!', text: t('sync.signedOut'), tone: 'warn', strong: true }
  if (connection === 'offline')
    return { mark: '', text: waiting ? t('sync.offlineWaiting', { n: waiting }) : t('sync.offline'), strong: false }
  if (waiting)
    return { mark: '', text: t('sync.waiting', { n: waiting }), strong: true }
  if (connection === 'starting')
    return { mark: '', text: t('sync.starting'), strong: false }
  return !ready ? { mark: '', text: t('sync.fetching'), strong: false } : { mark: '✓', text: t('sync.synced'), strong: false }
}

/** Follows `live`, but no more often than every `wait` ms. */
function calmly<T>(live: Readonly<ShallowRef<T>>, wait: number): Readonly<ShallowRef<T>> {
  const shown = shallowRef(live.value)
  const timer = shallowRef<ReturnType<typeof setTimeout>>()
  watch(live, () => {
    timer.value ??= setTimeout(() => {
      timer.value = undefined
      shown.value = live.value
    }, wait)
  })
  onScopeDispose(() => clearTimeout(timer.value))
  return shown
}
