import type { DraftSeat } from './drafts.ts'
import { folded, hashOf, importKey } from './text.ts'

/**
 * The key a seat's holder is found by: the name, the same in every file. Where one file gives a name two
 * e-mail addresses they are two people, told apart by a hash, so that no address is stored.
 */
export function personKeys(drafts: readonly DraftSeat[]): (draft: DraftSeat) => string | null | undefined {
  const addresses = new Map<string, Set<string>>()
  for (const { holder, email } of drafts) {
    if (holder && email)
      addresses.set(folded(holder), (addresses.get(folded(holder)) ?? new Set()).add(folded(email)))
  }
  return ({ holder, email }) => {
    if (!holder)
      return holder
    const name = folded(holder)
    const shared = (addresses.get(name)?.size ?? 0) > 1
    return importKey('person', shared && email ? `${name}~${hashOf(folded(email))}` : name)
  }
}
