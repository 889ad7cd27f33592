import type { Fields, Replica } from '../../client/db/types.ts'
import type { Hand, Some } from './hand.ts'
import type { Dice } from './plan.ts'
import { firstValueFrom } from 'rxjs'
import { cellKey } from '#shared/kpi/cell.ts'
import { ballotId, sheetId } from '#shared/record/ids.ts'
import { change, dice } from './hand.ts'
import { meetings } from './meetingEdits.ts'
import { work } from './workEdits.ts'

const edits: ((hand: Hand) => Promise<unknown>)[] = [
  addIssue,
  addSeat,
  addAgent,
  addKpi,
  score,
  score,
  score,
  ({ phone, word }) => phone.add('team', { name: word }),
  openRound,
  vote,
  vote,
  vote,
  hand => change(hand, 'round', hand.roll(2) ? { state: 'closed', closedBy: hand.phone.member } : { state: 'open', closedBy: null }),
  hand => change(hand, 'issue', { title: hand.word }),
  hand => change(hand, 'issue', { title: hand.word }),
  hand => change(hand, 'issue', { title: hand.word }),
  hand => change(hand, 'issue', dice(hand.roll, [{ detail: hand.word }, { detail: null }, { horizon: dice(hand.roll, ['now', 'later']) }, { urgency: hand.roll(3) }])),
  hand => change(hand, 'issue', dice(hand.roll, [{ state: 'discussed' }, { state: 'solved', decision: hand.word }, { state: 'open', reopened: 1 }])),
  hand => change(hand, 'seat', dice(hand.roll, [{ title: hand.word }, { accountability: hand.word }, { stage: dice(hand.roll, ['pilot', 'paused']) }, { reviewEvery: dice(hand.roll, ['week', 'month']) }])),
  async hand => change(hand, 'seat', { reportsTo: (await hand.some('seat'))?.id ?? null }),
  async hand => change(hand, 'seat', { holder: (await hand.some('member'))?.id ?? null }),
  hand => change(hand, 'kpi', dice(hand.roll, [{ title: hand.word }, { note: hand.word }, { 'goal/0': { kind: 'atLeast', target: hand.roll(100) } }])),
  hand => change(hand, 'team', { name: hand.word }),
  hand => change(hand, 'org', { name: hand.word }),
  hand => change(hand, 'member', { name: hand.word }),
]

/** One random edit of any kind of record; false where this phone has nothing to edit yet. Every text is the given word. */
export async function editOnce(phone: Replica, roll: Dice, word: string): Promise<boolean> {
  const some: Some = async (kind) => {
    const found = await firstValueFrom(phone.find({ kind }))
    // Mostly the newest few: people meet on what is talked about.
    const ordered = [...found].sort((a, b) => a.id < b.id ? 1 : -1)
    return ordered[roll(roll(3) ? Math.min(3, ordered.length) || 1 : ordered.length || 1)]
  }
  const done = await dice(roll, dice(roll, [edits, edits, edits, work, meetings]))({ phone, roll, word, some })
  return done !== undefined && done !== false
}

async function addIssue({ phone, word, roll, some }: Hand) {
  const team = roll(3) ? undefined : (await some('team'))?.id
  return phone.add('issue', { title: word, state: 'open', horizon: 'now', raisedBy: phone.member, raisedAt: 1, ...team && { team } })
}

async function addSeat({ phone, word, roll, some }: Hand) {
  const above = roll(2) ? (await some('seat'))?.id : undefined
  return phone.add('seat', { kind: 'human', title: word, accountability: `${word}!`, ...above && { reportsTo: above }, ...roll(2) && { holder: phone.member } })
}

async function addAgent({ phone, word, some }: Hand) {
  const above = (await some('seat'))?.id
  return above !== undefined && phone.add('seat', { kind: 'agent', title: word, accountability: `${word}!`, reportsTo: above, owner: phone.member, stage: 'planned', authority: 'draft' })
}

async function addKpi({ phone, word, some }: Hand) {
  const seat = await some('seat')
  return seat && phone.add('kpi', { seat: seat.id, title: word, unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })
}

async function score({ phone, word, roll, some }: Hand) {
  const kpi = await some('kpi')
  if (!kpi)
    return false
  const entry = { value: roll(1000), at: 1, source: 'hand' as const, note: word }
  const cell = cellKey(`2026-W4${roll(2) + 1}`, phone.member)
  await phone.put('sheet', sheetId(kpi.id, '2026-Q4'), { [cell]: entry } as unknown as Fields<'sheet'>, { kpi: kpi.id, quarter: '2026-Q4' })
  return true
}

async function openRound({ phone, some }: Hand) {
  const [team, issue] = [await some('team'), await some('issue')]
  const members = (await firstValueFrom(phone.find({ kind: 'member' }))).filter(({ d }) => d.role !== 'viewer' && d.state !== 'left')
  if (!team || !issue)
    return false
  return phone.add('round', { team: team.id, state: 'open', issues: [issue.id], voters: members.map(({ id }) => id), dots: 3, cap: 3, openedBy: phone.member, openedAt: 1 })
}

async function vote({ phone, roll, some }: Hand) {
  const round = await some('round')
  const issue = round?.d.issues[0]
  if (!round || issue === undefined)
    return false
  const dots = roll(4)
  await phone.put('ballot', ballotId(round.id, phone.member), { dots: dots ? { [issue]: dots } : {} }, { round: round.id, voter: phone.member })
  return true
}
