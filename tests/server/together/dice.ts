/** Chance as the property deals it: shrinks towards the first of everything. */
export interface Dice {
  below: (n: number) => number
  one: <T>(all: readonly T[]) => T
}

export function createDice(numbers: readonly number[]): Dice {
  const left = [...numbers]
  const below = (n: number) => (left.shift() ?? 0) % n
  return {
    below,
    one: (all) => {
      if (all.length === 0)
        throw new Error('one of nothing')
      return all[below(all.length)] as (typeof all)[number]
    },
  }
}
