/** How much gets done a second by so many at once; `work` answers how much it did. */
export async function rateOf(atOnce: number, span: number, work: (worker: number) => Promise<number>): Promise<number> {
  const started = performance.now()
  const state = { done: 0 }
  await Promise.all(Array.from({ length: atOnce }, async (_, worker) => {
    while (performance.now() - started < span) {
      const did = await work(worker)
      state.done += did
    }
  }))
  return state.done / (performance.now() - started) * 1000
}
