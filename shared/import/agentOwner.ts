import type { Existing } from './apply.ts'
import { folded } from './text.ts'

/** Finds the one active person of a name: only they may own an agent. */
export function ownerFinder(members: Existing['members']): (name: string) => string | undefined {
  const active = members.filter(({ d }) => d.state === 'active' && d.role !== 'viewer')
  return (name) => {
    const [only, ...others] = active.filter(({ d }) => folded(d.name) === folded(name))
    return others.length ? undefined : only?.id
  }
}
