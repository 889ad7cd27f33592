import type { Doc } from '../record/envelope.ts'
import type { ApplyContext, Existing, Writes } from './apply.ts'
import type { ImportPlan } from './plan.ts'
import { folded } from './text.ts'
import { bodyOf, byImportKey, changes, noWrites, record } from './writes.ts'

/** The id of each person, by key; null for somebody who is here but may hold no seat. */
export type MemberIds = ReadonlyMap<string, string | null>

/**
 * People become members without an account. Somebody already here is found by key, else by a name that only one
 * member has and no other import made; the key is then theirs.
 */
export function applyMembers({ people }: ImportPlan, existing: Existing, context: ApplyContext): Writes & { ids: MemberIds } {
  const writes = noWrites()
  const known = byImportKey(existing.members)
  const named = byOnlyName(existing.members)
  const ids = new Map<string, string | null>()
  for (const { key, name } of people) {
    const member = known.get(key) ?? named.get(folded(name))
    const id = member?.id ?? context.newId('member')
    ids.set(key, !member || canHold(member) ? id : null)
    const body = bodyOf<'member'>({ name, role: 'member', state: 'invited', importKey: key })
    record(writes, member ? changes(member, { importKey: key }) : { kind: 'member', id, body })
  }
  return { ...writes, ids }
}

/** Viewers and people who left hold nothing. */
function canHold({ d }: Doc<'member'>): boolean {
  return d.state !== 'left' && d.role !== 'viewer'
}

function byOnlyName(members: Existing['members']): Map<string, Doc<'member'>> {
  const named = new Map<string, Doc<'member'>>()
  const shared = new Set<string>()
  for (const member of members.filter(({ d }) => d.state !== 'left')) {
    const name = folded(member.d.name)
    if (named.has(name))
      shared.add(name)
    named.set(name, member)
  }
  return new Map([...named].filter(([name, { d }]) => !shared.has(name) && !d.importKey && !d.demo))
}
