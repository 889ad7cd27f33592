/** A seeded source of numbers from 0 up to, not including, `below`: the same seed, the same choices. */
export type Dice = (below: number) => number

/** Mulberry32: small, fast, and good enough to choose moments with. */
export function aSeededDice(seed: number): Dice {
  const state = { at: seed >>> 0 }
  return (below) => {
    state.at = (state.at + 0x6D2B79F5) >>> 0
    const mixed = Math.imul(state.at ^ (state.at >>> 15), state.at | 1)
    const stirred = mixed ^ (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61))
    return ((stirred ^ (stirred >>> 14)) >>> 0) % below
  }
}
