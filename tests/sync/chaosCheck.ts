import type { Change } from '../../server/store/port.ts'

/** Fields whose values are unique to one writing, so that a value seen twice with another between came back. */
const isUnique = (field: string) => ['title', 'detail', 'note', 'accountability'].includes(field) || field.startsWith('cell/')

/** What is wrong with a record's history, newest first: a replaced value came back, or a number is missing its place. */
export function refuseChange({ id, changes }: { id: string, changes: readonly Change[] }): string | undefined {
  const past = new Map<string, string[]>()
  for (const change of [...changes].reverse()) {
    for (const [field, [value]] of Object.entries(change.set)) {
      const text = JSON.stringify(value)
      const before = past.get(field) ?? []
      if (isUnique(field) && value !== null && before.includes(text))
        return `${id} ${field}: ${text} came back after ${before.at(-1)}`
      past.set(field, [...before, text])
    }
  }
  return undefined
}
