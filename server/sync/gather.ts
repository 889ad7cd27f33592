import type { CivilDate } from '#shared/kpi/civil.ts'
import type { Calendar } from '#shared/kpi/period.ts'
import type { Gathered } from '#shared/meeting/freeze.ts'
import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Kpi } from '#shared/record/kpi.ts'
import type { Meeting } from '#shared/record/meeting.ts'
import type { Round } from '#shared/record/round.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { isVoteOf, reportedPeriod, seatsIn, workersIn } from '#shared/meeting/report.ts'
import { sheetId } from '#shared/record/ids.ts'

interface Row { kind: Kind, id: string, set: Body }

/** The meetings these rows close. */
export const meetingsClosed = (rows: readonly Row[]) => rows.filter(({ kind, set }) => kind === 'meeting' && set.state === 'closed').map(({ id }) => id)

/** What the recaps of these meetings are made of. */
export async function loadSittings(tx: ReadTx, org: string, meetings: readonly string[]): Promise<StoredDoc[]> {
  const found: StoredDoc[] = []
  for (const meeting of await tx.docs(org, meetings)) {
    const [team] = await tx.docs(org, [String(meeting.body.team)])
    if (team && meeting.body.state === 'live')
      found.push(team, ...await loadSitting(tx, org, team, meeting))
  }
  return found
}

async function loadSitting(tx: ReadTx, org: string, team: StoredDoc, meeting: StoredDoc): Promise<StoredDoc[]> {
  const seats = await tx.docs(org, seatsIn(team.body as never))
  const kpis = await each(seats, ({ id }) => tx.docsByParent(org, id, 'kpi'))
  const company = await tx.docsByKind(org, 'org')
  const rounds = await tx.docsByParent(org, team.id, 'round')
  const workers = workersIn(team.body as never, id => seats.find(seat => seat.id === id)?.body as never)
  const attendees = Object.keys(meeting.body).filter(field => field.startsWith('here/')).map(field => field.slice(5))
  return [
    ...seats,
    ...kpis,
    ...rounds,
    ...await sheetsReported(tx, org, kpis, String(meeting.body.day), company[0]?.body as unknown as Calendar),
    ...await each(rounds.filter(({ body }) => isVoteOf(meeting.id, meeting.body as unknown as Meeting, body as unknown as Round)), ({ id }) => tx.docsByParent(org, id, 'ballot')),
    ...await each(seats, ({ id }) => tx.docsByParent(org, id, 'priority')),
    ...await tx.docsByParent(org, team.id, 'headline'),
    ...await tx.docsByParent(org, team.id, 'issue'),
    ...await tx.docsByParent(org, team.id, 'meeting'),
    ...await each([...new Set([...workers, ...attendees])], owner => tx.docsByOwner(org, owner, 'todo')),
    ...await tx.docsByKind(org, 'member'),
    ...company,
  ]
}

/** Of each number the one sheet a meeting of that day reports: the years before would be read for nothing. */
export function sheetsReported(tx: ReadTx, org: string, kpis: readonly StoredDoc[], day: CivilDate, calendar: Calendar): Promise<StoredDoc[]> {
  const sheetOf = ({ id, body }: StoredDoc) => sheetId(id, quarterOf(reportedPeriod((body as unknown as Kpi).cadence, day, calendar)))
  return tx.docs(org, kpis.map(sheetOf))
}

export async function each<One, Other>(some: readonly One[], load: (one: One) => Promise<Other[]>): Promise<Other[]> {
  const found: Other[] = []
  for (const one of some)
    found.push(...await load(one))
  return found
}

const kinds = ['member', 'seat', 'kpi', 'sheet', 'priority', 'headline', 'todo', 'issue', 'round', 'ballot', 'meeting'] as const

/** The records of these, by kind; what only one person may see is left out. */
export function gathered(docs: Iterable<StoredDoc>): Gathered {
  const living = [...docs].filter(({ deleted, kind, audience }) => !deleted && (audience === '' || kind === 'ballot'))
  return Object.fromEntries(kinds.map(kind => [kind, living.filter(doc => doc.kind === kind).map(({ id, body }) => ({ id, d: body }))])) as unknown as Gathered
}
