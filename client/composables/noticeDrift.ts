import type { Issue } from '#shared/record/issue.ts'
import type { Replica } from '../db/types.ts'

export interface Draft { id: string, body: Issue }

/** Writes the drafts that are not here yet. Another tab, or this one, may be writing the same: one of them is enough. */
export async function noticeDrift(replica: Pick<Replica, 'get' | 'add'>, drafts: readonly Draft[]): Promise<void> {
  for (const { id, body } of drafts) {
    if (await replica.get<'issue'>(id))
      continue
    await replica.add('issue', body, id).catch(async (error) => {
      if (!await replica.get(id))
        throw error
    })
  }
}
