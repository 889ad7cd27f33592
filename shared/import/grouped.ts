/** The rows by what `nameOf` calls them, both in the order they came. */
export function grouped<T>(rows: readonly T[], nameOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const name = nameOf(row)
    const group = groups.get(name) ?? []
    group.push(row)
    groups.set(name, group)
  }
  return groups
}
