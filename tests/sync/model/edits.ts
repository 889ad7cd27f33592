import type { Body, Kind } from '#shared/record/envelope.ts'
import type { ModelPhone } from './phone.ts'
import { cellKey } from '#shared/kpi/cell.ts'
import { ballotId, sheetId } from '#shared/record/ids.ts'

/** One writing on a phone: which, on which of the records there, and a word no other writing has. */
export interface Edit { what: EditName, on: number, word: string }

type Make = (phone: ModelPhone, edit: Edit) => void

function pick(phone: ModelPhone, kind: Kind, on: number) {
  const found = phone.find(kind)
  return found[on % Math.max(found.length, 1)]
}

/** Sets fields of one of the records of a kind, where there is one. */
function sets(kind: Kind, fields: (edit: Edit, phone: ModelPhone) => Body): Make {
  return (phone, edit) => {
    const found = pick(phone, kind, edit.on)
    if (found)
      phone.put(kind, found.id, fields(edit, phone))
  }
}

const newIssue: Make = ({ actor, put }, { word }) => put('issue', `i-${word}`, { title: word }, { state: 'open', horizon: 'now', raisedBy: actor.member, raisedAt: 1 })
const newSeat: Make = (phone, { word, on }) => {
  const above = pick(phone, 'seat', on)
  phone.put('seat', `s-${word}`, { title: word }, { kind: 'human', accountability: 'Its part', ...above && { reportsTo: above.id } })
}
const newKpi: Make = (phone, { word, on }) => {
  const seat = pick(phone, 'seat', on)
  if (seat)
    phone.put('kpi', `k-${word}`, { title: word }, { seat: seat.id, unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' })
}
const score: Make = (phone, { word, on }) => {
  const kpi = pick(phone, 'kpi', on)
  const cell = cellKey(on % 2 ? '2026-W41' : '2026-W42', phone.actor.member)
  if (kpi)
    phone.put('sheet', sheetId(kpi.id, '2026-Q4'), { [cell]: { value: on, at: 1, source: 'hand', note: word } }, { kpi: kpi.id, quarter: '2026-Q4' })
}
const vote: Make = (phone, { on }) => {
  const round = pick(phone, 'round', on)
  const dots = on % 3 ? { [String((round?.d.issues as string[] | undefined)?.[0])]: on % 3 } : {}
  if (round)
    phone.put('ballot', ballotId(round.id, phone.actor.member), { dots }, { round: round.id, voter: phone.actor.member })
}

const edits = {
  title: sets('issue', ({ word }) => ({ title: word })),
  detail: sets('issue', ({ word, on }) => ({ detail: on % 3 ? word : null })),
  horizon: sets('issue', ({ on }) => ({ horizon: on % 2 ? 'later' : 'now' })),
  solve: sets('issue', ({ word }) => ({ state: 'solved', decision: word })),
  reopen: sets('issue', ({ on }) => ({ state: on % 2 ? 'open' : 'discussed', reopened: 1 })),
  seatTitle: sets('seat', ({ word }) => ({ title: word })),
  holder: sets('seat', ({ on }) => ({ holder: ['ada', 'ben', 'cleo', null][on % 4] })),
  move: sets('seat', ({ on }, phone) => ({ reportsTo: pick(phone, 'seat', on >> 1)?.id ?? null })),
  kpiNote: sets('kpi', ({ word }) => ({ note: word })),
  teamName: sets('team', ({ word }) => ({ name: word })),
  close: sets('round', (_, { actor }) => ({ state: 'closed', closedBy: actor.member })),
  open: sets('round', () => ({ state: 'open', closedBy: null })),
  newIssue,
  newSeat,
  newKpi,
  score,
  vote,
} satisfies Record<string, Make>

export type EditName = keyof typeof edits
export const editNames = Object.keys(edits) as EditName[]

export const makeEdit = (phone: ModelPhone, edit: Edit) => edits[edit.what](phone, edit)
