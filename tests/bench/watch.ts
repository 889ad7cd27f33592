/** Words that are not counted: the first ones load and compile. */
export const warmUps = 5

/** Times how long a word takes from being written to being read by everybody who listens. */
export interface Watch {
  /** Milliseconds, one for each reader and word after the first few; forgotten once taken. */
  take: () => number[]
  read: (text: string) => void
  /** Resolves when every reader has had the word; one of its own where none is given. */
  write: (send: (word: string) => Promise<unknown>, word?: string) => Promise<void>
}

export function createWatch(readers: number): Watch {
  const took: number[] = []
  const open = { word: '', since: 0, left: 0, done: () => {} }
  return {
    take: () => took.splice(0).slice(warmUps * readers),
    read: (text) => {
      if (open.left === 0 || !text.includes(open.word))
        return
      took.push(performance.now() - open.since)
      if (--open.left === 0)
        open.done()
    },
    write: async (send, word = crypto.randomUUID()) => {
      const all = Promise.withResolvers<void>()
      Object.assign(open, { word, since: performance.now(), left: readers, done: all.resolve })
      await Promise.all([all.promise, send(open.word)])
    },
  }
}
