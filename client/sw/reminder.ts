import { remind } from '../text/en/remind.ts'

/** What the server says of a meeting that is near. */
export interface Reminder { kind: 'meeting', tag: string, team: string, teamId: string, day: string, at: number, missing: number, due: number }

interface Shown { title: string, options: NotificationOptions }

const minute = 60_000

/** The reminder in a message; undefined for one this version does not know. */
export function readReminder(text: string | undefined): Reminder | undefined {
  const said = JSON.parse(text || '{}') as Partial<Reminder>
  return said.kind === 'meeting' ? said as Reminder : undefined
}

/** How a reminder reads when it arrives, however late. The newer of one meeting takes the older's place. */
export function notificationOf({ tag, team, teamId, day, at, missing }: Reminder, now: number): Shown {
  const url = `/today?${new URLSearchParams({ enter: '1', team: teamId, day }).toString()}`
  const words = remind['remind.missing']
  const title = (new Intl.PluralRules('en').select(missing) === 'one' ? words.one : words.other).replace('{n}', String(missing))
  const body = (at > now ? remind['remind.meets'].replace('{when}', inTime(at - now)) : remind['remind.meetsNow']).replace('{team}', () => team)
  return { title, options: { body, tag, icon: '/icons/192.png', data: { url } } }
}

function inTime(ahead: number): string {
  const minutes = Math.max(1, Math.round(ahead / minute))
  const format = new Intl.RelativeTimeFormat('en')
  return minutes < 90 ? format.format(minutes, 'minute') : format.format(Math.round(minutes / 60), 'hour')
}
