import type { Kind } from './envelope.ts'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const prefixes: Partial<Record<Kind, string>> = { member: 'mem', issue: 'iss' }

/**
 * A time-ordered random id, such as `seat_0m5x2c9kq7…`: 9 characters of milliseconds, 12 of chance.
 * `random` fills bytes, as `crypto.getRandomValues` does.
 */
export function newId(kind: Kind, now: number, random: (bytes: Uint8Array) => void): string {
  const bytes = new Uint8Array(12)
  random(bytes)
  const tail = Array.from(bytes, byte => alphabet[byte % 36]).join('')
  return `${prefixes[kind] ?? kind}_${now.toString(36).padStart(9, '0')}${tail}`
}

/** One sheet per KPI and quarter. */
export const sheetId = (kpi: string, quarter: string) => `sheet:${kpi}:${quarter}`
/** One ballot per round and voter. */
export const ballotId = (round: string, voter: string) => `ballot:${round}:${voter}`

/**
 * One meeting per team and day, where the team's clock stands; `nth` counts from 1, where a team meets again on a day
 * on which it has closed one.
 */
export const meetingId = (team: string, day: string, nth = 1) => `meeting:${team}:${day}${nth > 1 ? `.${nth}` : ''}`
/** The one recap of a meeting. */
export const recapId = (meeting: string) => meeting.replace(/^meeting:/, 'recap:')

/** One drafted issue per KPI and the period that was its third off track in a row, however many notice it. */
export const driftId = (kpi: string, period: string) => `issue:drift:${kpi}:${period}`

/** The KPI and the period a {@link driftId} is made of; undefined for any other id. */
export function driftIn(id: string): { kpi: string, period: string } | undefined {
  const [, kpi, period] = /^issue:drift:([\w.-]+):([\w.-]+)$/.exec(id) ?? []
  return kpi && period ? { kpi, period } : undefined
}

/** When an id of {@link newId} was made; undefined for any other id. */
export function madeAt(id: string): number | undefined {
  const [, time] = /_([0-9a-z]{9})[0-9a-z]{12}$/.exec(id) ?? []
  return time === undefined ? undefined : Number.parseInt(time, 36)
}

/** The field of a team that says a seat is in it. */
export const seatField = (seat: string) => ({ [`seat/${seat}`]: true }) as Record<`seat/${string}`, true>

/** The seats some fields of a team are about. */
export const seatsIn = (fields: object) => Object.keys(fields).filter(field => field.startsWith('seat/')).map(field => field.slice('seat/'.length))
