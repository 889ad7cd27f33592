import type { World } from '#shared/access/world.ts'
import type { Bodies, Body, Kind } from '#shared/record/envelope.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import { attendeesIn } from '#shared/meeting/people.ts'
import { needs } from '#shared/record/envelope.ts'
import { seatsIn } from '#shared/record/ids.ts'
import { specs } from '#shared/record/specs.ts'
import { aroundIn, loadAround, seatsInStep } from './around.ts'
import { loadSittings, meetingsClosed } from './gather.ts'
import { roundsTouched } from './lists.ts'

/** The records one push may look at, kept current while its rows are applied. */
export interface LoadedWorld extends World {
  doc: (id: string) => StoredDoc | undefined
  put: (doc: StoredDoc) => void
  has: (id: string) => boolean
  ballotsOf: (round: string) => StoredDoc[]
  all: () => Iterable<StoredDoc>
}

interface Wanted { kind: Kind, id: string, set: Body }

/** Loads the rows, who writes them, what they refer to, and every seat above: level by level, each id once. */
export async function loadWorld(tx: ReadTx, org: string, member: string, rows: readonly Wanted[]): Promise<LoadedWorld> {
  const docs = new Map<string, StoredDoc>()
  const asked = new Set<string>()
  const held = await tx.docsByOwner(org, member, 'seat')
  const members = rows.some(row => row.kind === 'member') ? await tx.docsByKind(org, 'member') : []
  const scored = rows.some(row => row.kind === 'org') && await tx.hasScores(org)
  /** Who leads a team that is written to. */
  const leadOf = ({ id, kind, body }: StoredDoc) => kind === 'team' && typeof body.lead === 'string' && rows.some(row => row.id === id) ? [body.lead] : []
  const keep = (found: readonly StoredDoc[]) => found.forEach((doc) => {
    docs.set(doc.id, doc)
    asked.add(doc.id)
  })
  keep(held)
  const lists = await roundsTouched(tx, org, rows)
  keep(lists)
  for (const { kind, id } of [...rows, ...lists]) {
    if (kind === 'round')
      keep(await tx.docsByParent(org, id, 'ballot'))
  }
  keep(members)
  keep(await loadSittings(tx, org, meetingsClosed(rows)))
  let wanted = [member, ...rows.flatMap(row => [row.id, ...refsOf(row.kind, row.set), ...row.kind === 'team' ? seatsIn(row.set) : [], ...row.kind === 'meeting' ? attendeesIn(row.set) : []]), ...held.flatMap(doc => refsOf(doc.kind, doc.body))]
  for (const round of ['named', 'around'] as const) {
    while (wanted.length > 0) {
      wanted = [...new Set(wanted)].filter(id => !asked.has(id))
      wanted.forEach(id => asked.add(id))
      const found = await tx.docs(org, wanted)
      keep(found)
      wanted = found.flatMap(doc => [...refsOf(doc.kind, doc.body), ...leadOf(doc)])
    }
    if (round === 'named') {
      const around = await loadAround(tx, org, seatsInStep(rows, id => docs.get(id)))
      keep(around)
      wanted = around.flatMap(doc => refsOf(doc.kind, doc.body))
    }
  }
  const live = (id: string | undefined) => {
    const doc = id === undefined ? undefined : docs.get(id)
    return doc && !doc.deleted ? doc : undefined
  }
  return {
    doc: id => docs.get(id),
    put: doc => docs.set(doc.id, doc),
    ballotsOf: round => [...docs.values()].filter(doc => doc.kind === 'ballot' && doc.parent === round),
    all: () => docs.values(),
    ballots: round => [...docs.values()].filter(doc => doc.kind === 'ballot' && doc.parent === round && !doc.deleted).map(({ body }) => body as unknown as Bodies['ballot']),
    has: id => live(id) !== undefined,
    get: <K extends Kind>(kind: K, id: string | undefined) => {
      const doc = live(id)
      return doc?.kind === kind ? doc.body as unknown as Bodies[K] : undefined
    },
    seatsHeldBy: holder => [...docs.values()]
      .filter(doc => doc.kind === 'seat' && !doc.body.archived && doc.body.holder === holder)
      .map(doc => doc.id),
    admins: () => [...docs.values()]
      .filter(doc => doc.kind === 'member' && doc.body.role === 'admin' && doc.body.state === 'active')
      .map(doc => doc.id),
    hasScores: () => scored,
    around: seat => aroundIn(docs.values(), seat),
  }
}

/** What a record points at, as far as a judgement may need it. */
function refsOf(kind: Kind, body: Body): string[] {
  const voters = kind === 'round' && Array.isArray(body.voters) ? body.voters.filter(id => typeof id === 'string') : []
  const people = [kind === 'org' && body.accountable, kind === 'todo' && body.asker].filter(id => typeof id === 'string')
  return [...needs(kind, body), ...voters, ...people, ...kind === 'proposal' ? wishedFor(body) : []]
}

/** What a proposal is about, and what that would point at. */
function wishedFor({ target, targetKind, set }: Body): string[] {
  const isWish = typeof target === 'string' && typeof targetKind === 'string' && targetKind in specs && typeof set === 'object' && set !== null
  return isWish ? [target, ...needs(targetKind as Kind, set as Body)] : []
}
