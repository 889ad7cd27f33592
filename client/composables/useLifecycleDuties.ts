import type { Duty } from '#shared/lifecycle/duties.ts'
import type { Choice } from './choices.ts'
import type { Company } from './useCompany.ts'
import type { Lifecycle } from './useLifecycle.ts'
import { t } from '../text/t.ts'
import { seatChoices, todoOwners } from './choices.ts'
import { useReplica } from './useReplica.ts'

const ends = 'ends'

/** Where the duties of a seat that retires may go, and the way there. What an end agreed goes with the seat. */
export function useDutyPlaces(id: string, company: Company, { around, may }: Lifecycle) {
  const replica = useReplica()

  function choicesFor({ kind, id: duty }: Duty): Choice[] {
    const end: Choice = { id: ends, label: t('life.ends') }
    const held = around.value[kind].find(one => one.id === duty)
    switch (kind) {
      case 'contract': return [end]
      case 'todo': return [end, ...todoOwners(company).filter(choice => choice.id !== id)]
      case 'kpi':
      case 'priority': return [end, ...seatChoices(company, id).filter(seat => held && may({ kind, id: duty, before: held.d as never, set: { seat: seat.id } }))]
    }
  }

  const wordsFor = (place: string) => (place === ends ? t('life.ends') : company.seatBy.value.get(place)?.d.title ?? company.nameOf(place)).slice(0, 200)

  function move({ kind, id: duty }: Duty, place: string): Promise<void> {
    if (place === ends)
      return kind === 'priority' ? replica.set<'priority'>(duty, { state: 'dropped' }) : replica.set<'kpi'>(duty, { archived: true })
    return kind === 'todo' ? replica.set<'todo'>(duty, { owner: place }) : replica.set<'kpi'>(duty, { seat: place })
  }

  return { choicesFor, wordsFor, move }
}
