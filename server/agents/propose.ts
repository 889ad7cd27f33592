import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'
import type { AgentWrite } from './write.ts'
import { newId } from '#shared/record/ids.ts'
import { Problem } from '../domain/problem.ts'
import { refuseAsAgent } from '../sync/proposals.ts'
import { loadWorld } from '../sync/world.ts'
import { writeAsServer } from '../sync/writeAsServer.ts'
import { problemOf } from './refusal.ts'

/** Of one seat so many wait at a time. */
const mostOpen = 50

/** Puts a write before the seat's owner. What would be refused anyway is refused now; one record waits once. */
export async function propose(deps: AgentDeps, { org, seat }: Agent, wish: AgentWrite): Promise<string> {
  const { kind, id, set } = wish
  const { refusal, base, open } = await deps.store.read(async (tx) => {
    const world = await loadWorld(tx, org, seat, [wish])
    const proposals = await tx.docsByParent(org, seat, 'proposal')
    return { refusal: refuseAsAgent(world, seat, wish), base: world.doc(id)?.v ?? '', open: proposals.filter(({ body }) => body.state === 'open') }
  })
  if (refusal)
    throw problemOf(refusal)
  const same = open.find(({ body }) => body.target === id && body.base === base)
  if (same)
    return same.id
  if (open.length >= mostOpen)
    throw new Problem('proposals-full')
  const at = deps.now()
  const proposal = newId('proposal', at, bytes => crypto.getRandomValues(bytes))
  await writeAsServer(deps.sync, org, seat, [{ kind: 'proposal', id: proposal, set: { seat, at, target: id, targetKind: kind, base, set, state: 'open' } }])
  return proposal
}
