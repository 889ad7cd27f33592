import type { Meeting, Rating } from '../record/meeting.ts'

export const hereFields = (member: string, at: number | null): Partial<Meeting> => ({ [`here/${member}`]: at }) as object
export const ratingFields = (member: string, rating: Rating): Partial<Meeting> => ({ [`rating/${member}`]: rating }) as object

/** When each attendee joined, the first first. */
export function attendees(meeting: Meeting): { member: string, at: number }[] {
  return familyOf<number>(meeting, 'here').map(([member, at]) => ({ member, at })).sort((one, other) => one.at - other.at || (one.member < other.member ? -1 : 1))
}

/** Whom some fields of a meeting mark as there. */
export const attendeesIn = (fields: object) => Object.keys(fields).filter(field => field.startsWith('here/')).map(field => field.slice(5))

export const attends = (meeting: Meeting, member: string) => typeof meeting[`here/${member}`] === 'number'

/** Below this a rating asks why. */
export const askWhyBelow = 8

/** What each said of it, by member. */
export function ratingsOf(meeting: Meeting): { member: string, rating: Rating }[] {
  return familyOf<Rating>(meeting, 'rating').map(([member, rating]) => ({ member, rating })).sort((one, other) => one.member < other.member ? -1 : 1)
}

/** Of those who rated: who did not is not a zero. Undefined where nobody did. */
export function averageRating(ratings: readonly { score: number }[]): number | undefined {
  return ratings.length ? ratings.reduce((sum, { score }) => sum + score, 0) / ratings.length : undefined
}

function familyOf<Value>(meeting: Meeting, family: string): [key: string, value: Value][] {
  return Object.entries(meeting).filter(([field, value]) => field.startsWith(`${family}/`) && value !== undefined && value !== null).map(([field, value]) => [field.slice(family.length + 1), value as Value])
}
