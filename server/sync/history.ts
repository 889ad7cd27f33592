import type { Change } from '../store/port.ts'
import type { Actor } from './actor.ts'
import type { SyncDeps } from './sync.ts'
import { canSee } from './sight.ts'

const mostChanges = 200
/** How long a replaced value is offered to its author, ms. */
const offered = 14 * 24 * 3_600_000

/** Who changed what in one record, newest first; nothing for a record that is not there or not theirs to see. */
export async function historyOf(deps: SyncDeps, actor: Actor, id: string): Promise<{ changes: Change[] }> {
  return deps.store.read(async (tx) => {
    const [doc] = await tx.docs(actor.org, [id])
    return { changes: doc && canSee(doc, actor.member) ? await tx.changesOf(actor.org, id, mostChanges) : [] }
  })
}

/** The actor's own values that others' newer ones replaced without having seen them. */
export async function replacedOf(deps: SyncDeps, actor: Actor): Promise<{ changes: Change[] }> {
  return deps.store.read(async (tx) => {
    const changes = await tx.changesLostBy(actor.org, actor.member, deps.now() - offered)
    const docs = await tx.docs(actor.org, [...new Set(changes.map(({ id }) => id))])
    const seen = new Set(docs.filter(doc => canSee(doc, actor.member)).map(({ id }) => id))
    return { changes: changes.filter(({ id }) => seen.has(id)) }
  })
}
