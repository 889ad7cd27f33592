import type { Team } from '#shared/record/team.ts'
import type { Rec } from '../db/types.ts'
import type { AgendaLine } from './agendaForm.ts'
import type { Company } from './useCompany.ts'
import { computed, reactive, shallowRef } from 'vue'
import { t } from '../text/t.ts'
import { agendaChanges, agendaLines, readLine } from './agendaForm.ts'
import { useReplica } from './useReplica.ts'

export type TeamRecord = Rec<'team'>

interface Typed { name: string, weekday: string, time: string, minutes: string, timeZone: string, agenda: readonly AgendaLine[] }

const plain = { weekday: '1', time: '09:00', minutes: '90' }

/** A team as it is being typed: name, meeting, lead and seats; each seat in it is a field of its own. */
export function useTeamForm(company: Company, team: TeamRecord | undefined) {
  const replica = useReplica()
  const slot = team?.d.slot
  const draft = reactive({
    name: team?.d.name ?? '',
    weekday: slot ? String(slot.weekday) : team ? '' : plain.weekday,
    time: slot?.time ?? plain.time,
    minutes: String(slot?.minutes ?? plain.minutes),
    /** '' for the company's own. */
    timeZone: slot?.timeZone ?? '',
    agenda: agendaLines(team?.d),
    lead: team?.d.lead ?? '',
    seats: seatsOf(team?.d),
  })
  const errors = shallowRef<Record<string, string>>({})
  const leads = computed(() => company.seats.value.filter(({ id }) => draft.seats.includes(id)).map(({ id, d }) => ({ value: id, label: d.title })))

  function toggle(seat: string): void {
    draft.seats = draft.seats.includes(seat) ? draft.seats.filter(id => id !== seat) : [...draft.seats, seat]
    if (!draft.seats.includes(draft.lead))
      draft.lead = ''
  }

  /** Answers whether it was written. */
  async function save(): Promise<boolean> {
    errors.value = refuse(draft)
    if (Object.keys(errors.value).length > 0)
      return false
    const fields = { name: draft.name.trim(), lead: draft.lead || null, slot: slotOf(draft) }
    const agenda = agendaChanges(team?.d, draft.agenda)
    if (team)
      await replica.set<'team'>(team.id, { ...fields, ...agenda, ...seatChanges(seatsOf(team.d), draft.seats) })
    else
      await replica.add('team', { ...fields, lead: fields.lead ?? undefined, slot: fields.slot ?? undefined, ...agenda, ...seatChanges([], draft.seats) } as Team)
    return true
  }

  const archive = (archived: boolean) => team ? replica.set<'team'>(team.id, { archived: archived || null }) : Promise.resolve()
  return { draft, errors, leads, toggle, save, archive }
}

export function seatsOf(team: Team | undefined): string[] {
  return Object.entries(team ?? {}).filter(([field, value]) => field.startsWith('seat/') && value === true).map(([field]) => field.slice('seat/'.length))
}

function seatChanges(before: readonly string[], after: readonly string[]): Record<`seat/${string}`, true | null> {
  const added = after.filter(id => !before.includes(id)).map(id => [`seat/${id}`, true] as const)
  const gone = before.filter(id => !after.includes(id)).map(id => [`seat/${id}`, null] as const)
  return Object.fromEntries([...added, ...gone])
}

function slotOf({ weekday, time, minutes, timeZone }: Typed): Team['slot'] | null {
  return weekday === '' ? null : { weekday: Number(weekday), time, minutes: Number(minutes), ...timeZone && { timeZone } }
}

function refuse({ name, weekday, time, minutes, agenda }: Typed): Record<string, string> {
  if (!name.trim())
    return { name: t('settings.needName') }
  if (!agenda.every(readLine))
    return { agenda: t('agenda.bad') }
  if (weekday === '')
    return {}
  if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time))
    return { time: t('settings.badTime') }
  return Number.isInteger(Number(minutes)) && Number(minutes) >= 5 && Number(minutes) <= 480 ? {} : { minutes: t('settings.badMinutes') }
}
