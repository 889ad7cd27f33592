import type { DraftSeat, KeyedSeat } from './drafts.ts'
import type { Problem } from './plan.ts'
import { folded, importKey } from './text.ts'

/**
 * Gives every seat a key of its own: its id, else its title. Seats that share a title add their holder, so that
 * rows may change places; whatever is still the same is counted.
 */
export function keySeats(drafts: readonly DraftSeat[], source: string): { seats: KeyedSeat[], problems: Problem[] } {
  const titles = counted(drafts.filter(draft => !draft.id).map(draft => folded(draft.title)))
  const used = new Map<string, number>()
  const problems: Problem[] = []
  const seats = drafts.map((draft) => {
    const name = draft.id || titleKey(draft, titles)
    const key = freeKey(name, source, used)
    if (draft.id && key !== importKey(source, name))
      problems.push({ row: draft.row, code: 'repeated-id', about: draft.id, text: draft.text })
    return { draft, key }
  })
  return { seats, problems }
}

function titleKey(draft: DraftSeat, titles: ReadonlyMap<string, number>): string {
  const title = folded(draft.title)
  const shared = (titles.get(title) ?? 0) > 1
  return shared && draft.holder ? `${title}/${folded(draft.holder)}` : title
}

/** The key, or with `#2`, `#3` … the first that nobody has: an id may itself end so. */
function freeKey(name: string, source: string, used: Map<string, number>): string {
  const plain = importKey(source, name)
  const uses = used.get(plain) ?? 0
  used.set(plain, uses + 1)
  return uses === 0 ? plain : freeKey(`${name}#${uses + 1}`, source, used)
}

function counted(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names)
    counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
