import type { InjectionKey, ShallowRef } from 'vue'
import type { Replica } from '../db/types.ts'
import { inject } from 'vue'

/** The open replica; undefined while nobody's org is open. Provided once by the app. */
export const replicaKey: InjectionKey<Readonly<ShallowRef<Replica | undefined>>> = Symbol('replica')

/** The open replica. Pages under the shell are shown only while there is one. */
export function useReplica(): Replica {
  const replica = inject(replicaKey)?.value
  if (!replica)
    throw new Error('useReplica outside an open org')
  return replica
}
