import type { CivilDate } from '../kpi/civil.ts'
import type { Milestone, Priority, TrackNote } from '../record/priority.ts'
import type { Track } from '../record/workState.ts'

/** What somebody says on a day: a field of their own. */
export const noteFields = (day: CivilDate, writer: string, note: TrackNote): Partial<Priority> => ({ [`note/${day}/${writer}`]: note }) as object
export const milestoneFields = (key: string, milestone: Milestone): Partial<Priority> => ({ [`milestone/${key}`]: milestone }) as object

export interface SaidNote extends TrackNote { day: CivilDate, writer: string }

/** What was said of it, newest first. */
export function notesOf(priority: Priority): SaidNote[] {
  return familyOf<TrackNote>(priority, 'note').map(([key, note]) => ({ ...note, day: key.slice(0, 10), writer: key.slice(11) })).sort((one, other) => other.at - one.at || (one.writer < other.writer ? 1 : -1))
}

/** As last said; nobody has said anything of a new one: it is on track. */
export const trackOf = (priority: Priority): Track => notesOf(priority)[0]?.track ?? 'on'

/** Its steps, by when they are due. */
export function milestonesOf(priority: Priority): (Milestone & { key: string })[] {
  return familyOf<Milestone>(priority, 'milestone').map(([key, milestone]) => ({ ...milestone, key })).sort((one, other) => (one.due ?? '~') < (other.due ?? '~') ? -1 : (one.due ?? '~') > (other.due ?? '~') ? 1 : one.key < other.key ? -1 : 1)
}

function familyOf<Value>(priority: Priority, family: string): [key: string, value: Value][] {
  return Object.entries(priority).filter(([field, value]) => field.startsWith(`${family}/`) && value).map(([field, value]) => [field.slice(family.length + 1), value as Value])
}
