import type { Person, World, Write } from './world.ts'
import { keeps } from './world.ts'

/** Written once, in one's own name; what happened is not changed. */
export function judgeReview(person: Person, world: World, { before, set, after }: Write): 'fixed-field' | 'not-yours' | 'not-allowed' | undefined {
  if (before)
    return 'fixed-field'
  if (set.by !== person.member)
    return 'not-yours'
  if (set.verdict === 'raise' && person.role !== 'admin' && world.get('seat', String(after.seat))?.owner !== person.member)
    return 'not-allowed'
  return keeps(person, world, after.seat) ? undefined : 'not-allowed'
}

/** Made by its agent alone, decided by a person, once. */
export function judgeProposal(person: Person, world: World, { before, set, after }: Write): 'fixed-field' | 'not-yours' | 'not-allowed' | undefined {
  if (!before || !keeps(person, world, after.seat))
    return 'not-allowed'
  if (before.state !== 'open')
    return 'fixed-field'
  return set.decidedBy === person.member ? undefined : 'not-yours'
}
