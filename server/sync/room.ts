import type { RoomView } from '#shared/meeting/room.ts'
import type { Meeting } from '#shared/record/meeting.ts'
import type { Section } from '#shared/record/meetingWords.ts'
import type { Org } from '#shared/record/org.ts'
import type { Round } from '#shared/record/round.ts'
import type { Team } from '#shared/record/team.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import { clockOf } from '#shared/meeting/clock.ts'
import { isVoteOf, seatsIn, workersIn } from '#shared/meeting/report.ts'
import { roomView } from '#shared/meeting/room.ts'
import { each, gathered, sheetsReported } from './gather.ts'

/** What the screen of this meeting's room shows now; undefined where there is no such meeting. */
export async function readRoom(tx: ReadTx, org: string, id: string, now: number): Promise<RoomView | undefined> {
  const [doc] = await tx.docs(org, [id])
  const [team, company] = doc ? await inOrder(tx, org, [String(doc.body.team), org]) : []
  if (!doc || doc.kind !== 'meeting' || doc.deleted || !team || !company)
    return undefined
  const meeting = doc.body as unknown as Meeting
  const { timeZone, weekStart, yearStart, currency } = company.body as unknown as Org
  const section = meeting.state === 'closed' ? 'close' : clockOf(meeting, now).section
  const found = await loadRoom(tx, org, doc, team, section)
  // Only what everybody in the company may see: of ballots, those of rounds that are over.
  const all = new Map([doc, ...found, ...await people(tx, org, [doc, ...found])].map(one => [one.id, one]))
  const known = gathered([...all.values()].filter(({ audience }) => audience === ''))
  return roomView({ id, meeting, team: team.body as unknown as Team, calendar: { timeZone, weekStart, yearStart }, currency, now }, known)
}

/** The team's records the part shows, and what came of the meeting so far. */
async function loadRoom(tx: ReadTx, org: string, meeting: StoredDoc, team: StoredDoc, section: Section): Promise<StoredDoc[]> {
  const seats = await tx.docs(org, seatsIn(team.body as never))
  const workers = workersIn(team.body as never, id => seats.find(seat => seat.id === id)?.body as never)
  const owners = [...new Set([...workers, ...attendeesOf(meeting)])]
  return [
    ...seats,
    ...await tx.docsByParent(org, team.id, 'issue'),
    ...await each(owners, owner => tx.docsByOwner(org, owner, 'todo')),
    ...await loadPart(tx, org, seats, meeting, team.id, section),
  ]
}

async function loadPart(tx: ReadTx, org: string, seats: readonly StoredDoc[], meeting: StoredDoc, team: string, section: Section): Promise<StoredDoc[]> {
  switch (section) {
    case 'scorecard': {
      const kpis = await each(seats, ({ id }) => tx.docsByParent(org, id, 'kpi'))
      const [company] = await tx.docs(org, [org])
      return [...kpis, ...await sheetsReported(tx, org, kpis, String(meeting.body.day), company?.body as unknown as Org)]
    }
    case 'priorities': return each(seats, ({ id }) => tx.docsByParent(org, id, 'priority'))
    case 'headlines': return [...await tx.docsByParent(org, team, 'headline'), ...await tx.docsByParent(org, team, 'meeting')]
    case 'todos': return tx.docsByParent(org, team, 'meeting')
    case 'issues': {
      const rounds = (await tx.docsByParent(org, team, 'round')).filter(({ body }) => body.state === 'open' || isVoteOf(meeting.id, meeting.body as unknown as Meeting, body as unknown as Round))
      const listed = rounds.flatMap(({ body }) => body.issues as string[])
      const closed = rounds.filter(({ body }) => body.state === 'closed')
      return [...rounds, ...await tx.docs(org, listed), ...await each(closed, ({ id }) => tx.docsByParent(org, id, 'ballot'))]
    }
    case 'checkIn':
    case 'close': return []
  }
}

/** Everybody some records name. */
function people(tx: ReadTx, org: string, docs: readonly StoredDoc[]): Promise<StoredDoc[]> {
  const named = docs.flatMap(doc => [...attendeesOf(doc), ...[doc.body.facilitator, doc.body.holder, doc.body.owner, doc.body.saidBy, doc.body.voters].flat()])
  return tx.docs(org, [...new Set(named.filter((id): id is string => typeof id === 'string'))])
}

function attendeesOf({ body }: StoredDoc): string[] {
  return Object.keys(body).filter(field => field.startsWith('here/')).map(field => field.slice(5))
}

async function inOrder(tx: ReadTx, org: string, ids: readonly string[]): Promise<(StoredDoc | undefined)[]> {
  const docs = await tx.docs(org, ids)
  return ids.map(id => docs.find(doc => doc.id === id && !doc.deleted))
}
