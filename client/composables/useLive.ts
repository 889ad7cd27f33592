import type { ComputedRef, MaybeRefOrGetter, ShallowRef } from 'vue'
import type { Kind } from '#shared/record/envelope.ts'
import type { Query, Rec } from '../db/types.ts'
import { computed, getCurrentScope, onScopeDispose, shallowRef, toValue, watch } from 'vue'
import { useReplica } from './useReplica.ts'

export interface Subscribable<T> { subscribe: (next: (value: T) => void) => { unsubscribe: () => void } }

/** The latest value of a stream, read-only; follows `source` when it changes and lets go with its scope. */
export function useStream<T>(source: () => Subscribable<T> | undefined, start: T): Readonly<ShallowRef<T>> {
  if (!getCurrentScope())
    throw new Error('useStream outside a scope')
  const value = shallowRef(start)
  let held: { unsubscribe: () => void } | undefined
  watch(source, (stream) => {
    held?.unsubscribe()
    held = stream?.subscribe(next => value.value = next)
  }, { immediate: true })
  onScopeDispose(() => held?.unsubscribe())
  return value
}

/** All records that fit, live; undefined before they are read. A query of `undefined` asks nothing. */
export function useRead<K extends Kind>(query: MaybeRefOrGetter<Query<K> | undefined>): Readonly<ShallowRef<readonly Rec<K>[] | undefined>> {
  const replica = useReplica()
  return useStream<readonly Rec<K>[] | undefined>(() => {
    const wanted = toValue(query)
    return wanted && replica.find(wanted)
  }, undefined)
}

/** All records that fit, live; none before they are read. */
export function useRecords<K extends Kind>(query: MaybeRefOrGetter<Query<K> | undefined>): ComputedRef<readonly Rec<K>[]> {
  const read = useRead(query)
  return computed(() => read.value ?? [])
}

/** One record, live. */
export function useRecord<K extends Kind>(id: MaybeRefOrGetter<string | undefined>): Readonly<ShallowRef<Rec<K> | undefined>> {
  const replica = useReplica()
  return useStream<Rec<K> | undefined>(() => {
    const wanted = toValue(id)
    return wanted ? replica.one<K>(wanted) : undefined
  }, undefined)
}
