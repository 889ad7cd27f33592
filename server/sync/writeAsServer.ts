import type { Body, Kind } from '#shared/record/envelope.ts'
import type { SyncDeps } from './sync.ts'
import type { LoadedWorld } from './world.ts'
import { newDoc, setAsServer, writeBatch } from './batch.ts'
import { allMembers, openBatch } from './commit.ts'

export interface ServerRow { id: string, kind: Kind, set: Body }

/** Gives an org its counter and its epoch; its records follow by {@link writeAsServer}. */
export async function openOrg(deps: SyncDeps, org: string): Promise<void> {
  await deps.store.write(tx => tx.createOrgSync(org, deps.newEpoch(), deps.clock.last()))
}

/** Writes fields in the server's own name, for what no device may write; `by` is who asked for it; `refuse` may still throw once everything is locked. */
export async function writeAsServer(deps: SyncDeps, org: string, by: string, rows: readonly ServerRow[], refuse: (world: LoadedWorld) => void = () => {}): Promise<void> {
  if (rows.length === 0)
    return
  const head = await deps.store.write(async (tx) => {
    await tx.lockDocs(org, rows.flatMap(row => row.kind === 'member' ? [row.id, allMembers] : [row.id]))
    const sync = await tx.orgSync(org)
    if (!sync)
      throw new Error('write into an org that was never opened')
    const batch = await openBatch(tx, deps, org, by, sync, rows)
    refuse(batch.world)
    for (const row of rows)
      setAsServer(batch, batch.world.doc(row.id) ?? newDoc(row.kind, row.id), row.set)
    return writeBatch(tx, org, batch, deps.now())
  })
  if (head !== undefined)
    deps.hub.changed(org, head)
}
