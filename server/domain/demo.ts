import type { Doc, Kind } from '#shared/record/envelope.ts'
import type { Org } from '#shared/record/org.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import type { Actor } from '../sync/actor.ts'
import type { Deps } from './deps.ts'
import { demoCompany } from '#shared/demo/company.ts'
import { demoRemoval } from '#shared/demo/removal.ts'
import { newId } from '#shared/record/ids.ts'
import { writeAsServer } from '../sync/writeAsServer.ts'
import { refuseUnlessAdmin } from './actorOf.ts'
import { Problem } from './problem.ts'

/** The kinds a removal writes. */
const removable: readonly Kind[] = ['delivery', 'contract', 'procedure', 'todo', 'headline', 'priority', 'issue', 'kpi', 'team', 'seat', 'member', 'org']

/** Writes the demo company into an org, once: where it is in already, nothing happens. */
export async function addDemo(deps: Deps, actor: Actor): Promise<void> {
  refuseUnlessAdmin(actor)
  const { org, member } = actor
  const [doc] = await deps.store.read(tx => tx.docs(org, [org]))
  const calendar = doc?.body as unknown as Org | undefined
  if (!calendar)
    throw new Problem('org-unknown')
  if (calendar.demo)
    return
  const now = deps.now()
  const rows = demoCompany({ now, member, calendar, newId: kind => newId(kind, now, bytes => crypto.getRandomValues(bytes)) })
  await writeAsServer(deps.sync, org, member, [
    ...rows.map(({ kind, id, body }) => ({ kind, id, set: { ...body } })),
    { kind: 'org', id: org, set: { demo: true } },
  ], (world) => {
    if (world.get('org', org)?.demo)
      throw new Problem('busy')
  })
}

/** Archives what the demo brought and lets its people leave; what people wrote themselves stays. */
export async function removeDemo(deps: Deps, actor: Actor): Promise<void> {
  refuseUnlessAdmin(actor)
  const docs = await deps.store.read(tx => docsOf(tx, actor.org))
  const rows = demoRemoval(docs.filter(doc => !doc.deleted).map(asDoc))
  await writeAsServer(deps.sync, actor.org, actor.member, rows.map(({ kind, id, fields }) => ({ kind, id, set: fields })))
}

async function docsOf(tx: ReadTx, org: string): Promise<StoredDoc[]> {
  const found = []
  for (const kind of removable)
    found.push(...await tx.docsByKind(org, kind))
  return found
}

function asDoc({ id, kind, v, parent, owner, body }: StoredDoc): Doc {
  return { id, kind, v, parent, owner, when: '', rank: '', d: body as unknown as Doc['d'] }
}
