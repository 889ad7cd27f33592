import type { MeetingSlot } from '#shared/record/team.ts'
import { dateFormat } from './intl.ts'
import { t } from './t.ts'

/** A weekly meeting as it is read: `Mondays`' own name, the time in the person's form, how long. */
export function formatSlot({ weekday, time, minutes }: MeetingSlot): string {
  const at = new Date(`2023-01-0${weekday + 1}T${time}:00Z`)
  const day = dateFormat({ weekday: 'long', timeZone: 'UTC' }).format(at)
  const clock = dateFormat({ hour: '2-digit', minute: '2-digit', timeZone: 'UTC' }).format(at)
  return t('meeting.slot', { day, time: clock, minutes })
}
