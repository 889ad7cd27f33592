/** Filled by somebody the file does not name. */
export const isUnnamed = (name: string) => /^n\/?d$/i.test(name.trim())
export const isEliminated = (name: string) => /^eliminated$/i.test(name.trim())
const isVacant = (name: string) => !name.trim() || /^vacant$/i.test(name.trim()) || isEliminated(name)

/** The person in a government file's name column: null for a vacancy, undefined for somebody unnamed. */
export function readHolder(name: string): string | null | undefined {
  if (isUnnamed(name))
    return undefined
  return isVacant(name) ? null : name
}
