import type { DraftSeat } from './drafts.ts'
import type { Problem } from './plan.ts'
import { inParts, mostParts } from './parts.ts'
import { cut, hasUnprintable, manyLines, oneLine } from './text.ts'

export const longest = { title: 300, name: 120, sentence: 2000, note: 2000 } as const

export interface FittedSeat { draft: DraftSeat, problems: Problem[] }

/** Makes a seat's texts storable. What is left out, and a title that had to be made up, is listed. */
export function fitSeat(draft: DraftSeat): FittedSeat {
  const problems: Problem[] = []
  const list = (code: Problem['code'], about: string) => problems.push({ row: draft.row, code, about, text: draft.text })
  const fit = (text: string, field: keyof typeof longest) => {
    const clean = field === 'sentence' ? manyLines(text) : oneLine(text)
    if (hasUnprintable(text))
      list('unprintable', field)
    if (clean.length > longest[field])
      list('too-long', field)
    return cut(clean, longest[field])
  }
  const title = fit(draft.title, 'title')
  if (!title)
    list('blank', 'title')
  const holder = draft.holder ? fit(draft.holder, 'name') || null : draft.holder
  const accountability = fit(draft.accountability, 'sentence')
  const long = fitLong(draft)
  problems.push(...long.problems)
  const fitted = { title: title || cut(oneLine(`(${draft.id || draft.row})`), 300), holder, accountability, ...long.texts }
  return { draft: { ...draft, ...fitted }, problems }
}

/** Responsibilities that are too long go on in parts; what is longer than that is cut. */
function fitLong({ row, text, responsibilities: whole }: DraftSeat): { texts: Pick<DraftSeat, 'responsibilities' | 'more'>, problems: Problem[] } {
  if (!whole)
    return { texts: {}, problems: [] }
  const [responsibilities, ...more] = inParts(manyLines(whole))
  const list = (code: Problem['code']): Problem => ({ row, code, about: 'responsibilities', text })
  const problems = [...hasUnprintable(whole) ? [list('unprintable')] : [], ...more.length ? [list(more.length < mostParts ? 'continued' : 'too-long')] : []]
  return { texts: { responsibilities, ...more.length && { more: more.slice(0, mostParts - 1) } }, problems }
}
