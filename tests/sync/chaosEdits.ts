import type { Kind } from '#shared/record/envelope.ts'
import type { Fields, Rec } from '../../client/db/types.ts'
import type { Phone } from '../support/replica.ts'
import type { Dice, Seat4 } from './chaos.ts'
import { firstValueFrom } from 'rxjs'
import { cellKey } from '#shared/kpi/cell.ts'
import { ballotId, sheetId } from '#shared/record/ids.ts'

/** One random edit by this phone, of any kind of record; false where it has nothing to edit yet. Every text is unique. */
export async function editOnce({ phone }: Seat4, roll: Dice, word: string): Promise<boolean> {
  const some = async <K extends Kind>(kind: K): Promise<Rec<K> | undefined> => {
    const found = await firstValueFrom(phone.find<K>({ kind }))
    return found[roll(Math.max(found.length, 1))]
  }
  const edits = [
    () => addIssue(phone, word),
    () => addSeat(phone, word, roll, some),
    () => addKpi(phone, word, some),
    () => score(phone, word, roll, some),
    () => score(phone, word, roll, some),
    () => change(phone, some('issue'), [{ title: word }, { detail: word }, { detail: null }, { horizon: 'later' }, { state: 'discussed' }, { state: 'solved', decision: word }, { state: 'open', reopened: 1 }][roll(7)] ?? {}),
    () => change(phone, some('issue'), { title: word }),
    () => change(phone, some('seat'), [{ title: word }, { accountability: word }][roll(2)] ?? {}),
    async () => change(phone, some('seat'), { reportsTo: (await some('seat'))?.id ?? null }),
    async () => change(phone, some('seat'), { holder: (await some('member'))?.id ?? null }),
    () => change(phone, some('kpi'), [{ title: word }, { note: word }, { 'goal/0': { kind: 'atLeast', target: roll(100) } }][roll(3)] ?? {}),
    () => change(phone, some('team'), { name: word }),
    () => change(phone, some('org'), { name: word }),
    () => phone.add('team', { name: word }),
    () => openRound(phone, some),
    () => vote(phone, roll, some),
    () => vote(phone, roll, some),
    () => change(phone, some('round'), roll(2) ? { state: 'closed', closedBy: phone.member } : { state: 'open', closedBy: null }),
  ]
  const done = await edits[roll(edits.length)]?.()
  return done !== undefined && done !== false
}

type Some = <K extends Kind>(kind: K) => Promise<Rec<K> | undefined>

async function change(phone: Phone, found: Promise<Rec | undefined>, fields: object): Promise<boolean> {
  const rec = await found
  if (rec)
    await phone.set(rec.id, fields as never)
  return rec !== undefined
}

function addIssue(phone: Phone, word: string) {
  return phone.add('issue', { title: word, state: 'open', horizon: 'now', raisedBy: phone.member, raisedAt: 1 })
}

async function addSeat(phone: Phone, word: string, roll: Dice, some: Some) {
  const above = roll(2) ? (await some('seat'))?.id : undefined
  return phone.add('seat', { kind: 'human', title: word, accountability: `${word}!`, ...above && { reportsTo: above }, ...roll(2) && { holder: phone.member } })
}

async function addKpi(phone: Phone, word: string, some: Some) {
  const seat = await some('seat')
  return seat && phone.add('kpi', { seat: seat.id, title: word, unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })
}

async function score(phone: Phone, word: string, roll: Dice, some: Some) {
  const kpi = await some('kpi')
  if (!kpi)
    return false
  const entry = { value: roll(1000), at: 1, source: 'hand' as const, note: word }
  const cell = cellKey(`2026-W4${roll(4) + 1}`, phone.member)
  await phone.put('sheet', sheetId(kpi.id, '2026-Q4'), { [cell]: entry } as unknown as Fields<'sheet'>, { kpi: kpi.id, quarter: '2026-Q4' })
  return true
}

async function openRound(phone: Phone, some: Some) {
  const [team, issue] = [await some('team'), await some('issue')]
  const members = await firstValueFrom(phone.find({ kind: 'member' }))
  if (!team || !issue || members.length < 4)
    return false
  return phone.add('round', { team: team.id, state: 'open', issues: [issue.id], voters: members.map(({ id }) => id), dots: 3, cap: 3, openedBy: phone.member, openedAt: 1 })
}

async function vote(phone: Phone, roll: Dice, some: Some) {
  const round = await some('round')
  const issue = round?.d.issues[0]
  if (!round || issue === undefined)
    return false
  const dots = roll(4)
  await phone.put('ballot', ballotId(round.id, phone.member), { dots: dots ? { [issue]: dots } : {} }, { round: round.id, voter: phone.member })
  return true
}
