import type { Patch } from '#shared/sync/protocol.ts'
import type { Stamp } from '#shared/sync/stamp.ts'
import type { RowAnswer } from '#shared/sync/wire.ts'
import type { Mux } from './mux.ts'

/**
 * A page may have been read before an answer that is already here: it would show an older state of a record for a
 * moment, and what somebody then writes on it would be of yesterday. A record's name only rises, so its old states are
 * left out. A full page stays whole: RxDB ends a pull with one that is not.
 */
export function withoutOld(mux: Mux): Mux {
  const heard = new Map<string, Stamp>()
  return {
    pull: async (...asked) => {
      const page = await mux.pull(...asked)
      return page.full ? page : { ...page, docs: page.docs.filter(({ id, v }) => v >= (heard.get(id) ?? '')) }
    },
    push: async (rows) => {
      const answers = await mux.push(rows)
      rows.forEach((row, n) => {
        const held = heldAfter(row, answers[n] as RowAnswer)
        if (held && held > (heard.get(row.id) ?? ''))
          heard.set(row.id, held)
      })
      return answers
    },
  }
}

/** The name of what the server holds, where the answer tells. */
function heldAfter(row: Patch, { doc, refused, later }: RowAnswer): Stamp | undefined {
  if (doc === undefined)
    return refused || later ? undefined : row.v
  return doc?.v
}
