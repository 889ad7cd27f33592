import type { Team } from '../record/team.ts'
import type { Person, World, Write } from './world.ts'
import { seatsIn } from '../record/ids.ts'
import { answersFor, worksAt } from './world.ts'

/** Teams are an admin's. Who leads one, or answers for its lead seat, puts agents' seats they answer for in and out, and changes nothing else about it. */
export function judgeTeam(person: Person, world: World, { before, set }: Write): 'not-allowed' | undefined {
  if (person.role === 'admin')
    return undefined
  const seats = seatsIn(set)
  const onlyPlaces = seats.length > 0 && seats.length === Object.keys(set).length
  const isTheirs = (seat: string) => world.get('seat', seat)?.kind === 'agent' && worksAt(person, world, seat)
  return before && onlyPlaces && leads(person, world, before) && seats.every(isTheirs) ? undefined : 'not-allowed'
}

/** Whether this person may put the agents they answer for in a team. */
export function leads({ member, role }: Person, world: World, { lead }: Pick<Team, 'lead'>): boolean {
  return role === 'admin' || (role === 'manager' && answersFor(world, member, lead))
}
