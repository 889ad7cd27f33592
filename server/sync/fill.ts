import type { Collection } from '#shared/record/envelope.ts'
import type { Fill, Page } from '#shared/sync/wire.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'
import type { Actor } from './actor.ts'
import { recentQuarters } from '#shared/kpi/quarter.ts'
import { localDate } from '#shared/kpi/zone.ts'
import { sheetId } from '#shared/record/ids.ts'
import { page } from './page.ts'
import { toWire } from './sight.ts'

export interface FillRequest { since: number, fill: string, limit: number }

/** What of one's teams comes first, at most. */
const mostSeats = 200

/**
 * A page for a replica that is being filled: first what its person's teams need, then the newest 26 weeks of scores,
 * then the rest, newest first. It holds nothing that changed after `since` but in its newest form, so nothing goes back.
 */
export async function fillPage(tx: ReadTx, actor: Actor, collection: Collection, request: FillRequest, head: number, now: number): Promise<Page> {
  const recent = recentQuarters(localDate(now, 'UTC'))
  if (request.fill === '')
    return firstPage(tx, actor, collection, recent, head)
  const news = await page(tx, actor, collection, request.since, request.limit, head)
  const left = request.limit - news.docs.length
  const older = await olderPage(tx, actor, collection, recent, { ...request, limit: left })
  return { ...news, docs: [...news.docs, ...older.docs], full: news.full || older.docs.length === left, fill: older.fill }
}

/** Records go on in the order of their changes; scores by their time. */
async function firstPage(tx: ReadTx, actor: Actor, collection: Collection, recent: readonly string[], head: number): Promise<Page> {
  const near = await nearby(tx, actor)
  if (collection === 'records')
    return { docs: toWires(near, actor), seq: 0, full: true }
  const kpis = near.filter(doc => doc.kind === 'kpi').map(doc => doc.id)
  const sheets = await tx.docs(actor.org, kpis.flatMap(kpi => recent.map(quarter => sheetId(kpi, quarter))))
  return { docs: toWires(sheets.filter(doc => !doc.deleted), actor), seq: head, full: true, fill: { at: `${recent[0]} `, later: false } }
}

/** The person, the org, their seats and their teams' seats, and the KPIs of these. */
async function nearby(tx: ReadTx, { org, member }: Actor): Promise<StoredDoc[]> {
  const own = await tx.docsByOwner(org, member, 'seat')
  const teams = (await tx.docsByKind(org, 'team')).filter(team => own.some(seat => team.body[`seat/${seat.id}`] === true))
  const seats = new Set(own.map(seat => seat.id))
  for (const field of teams.flatMap(team => Object.keys(team.body))) {
    if (field.startsWith('seat/') && seats.size < mostSeats)
      seats.add(field.slice(5))
  }
  const found = await tx.docs(org, [org, member, ...seats])
  for (const seat of seats)
    found.push(...await tx.docsByParent(org, seat, 'kpi'))
  return [...found, ...teams].filter(doc => !doc.deleted)
}

/** What of `at` is left, then the next times, until the page is full or the recent ones are through. */
async function olderPage(tx: ReadTx, actor: Actor, collection: Collection, recent: readonly string[], { fill, since, limit }: FillRequest): Promise<{ docs: Page['docs'], fill?: Fill }> {
  const docs: StoredDoc[] = []
  const gap = fill.indexOf(' ')
  let when: string | undefined = fill.slice(0, gap)
  let after = fill.slice(gap + 1)
  while (when !== undefined && docs.length < limit) {
    const found = await tx.docsOfWhen(actor.org, collection, when, { after, upTo: since, limit: limit - docs.length })
    docs.push(...found)
    after = found.at(-1)?.id ?? ''
    if (docs.length < limit) {
      const wasRecent = recent.includes(when)
      when = await timeAfter(tx, actor.org, collection, recent, when)
      after = ''
      if (wasRecent && when !== undefined && !recent.includes(when))
        break
    }
  }
  return { docs: toWires(docs, actor), ...when !== undefined && { fill: { at: `${when} ${after}`, later: !recent.includes(when) } } }
}

/** Recent times first, then all others backwards. */
async function timeAfter(tx: ReadTx, org: string, collection: Collection, recent: readonly string[], when: string): Promise<string | undefined> {
  const place = recent.indexOf(when)
  if (place >= 0 && place < recent.length - 1)
    return recent[place + 1]
  let next = await tx.whenBefore(org, collection, place < 0 ? when : undefined)
  while (next !== undefined && recent.includes(next))
    next = await tx.whenBefore(org, collection, next)
  return next
}

function toWires(docs: readonly StoredDoc[], actor: Actor) {
  return docs.flatMap(doc => toWire(doc, actor.member) ?? [])
}
