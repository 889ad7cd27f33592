/** Where a meeting is run and, once over, read. */
export function sittingPath(id: string): string {
  const [, team = '', day = ''] = /^meeting:(.*):([^:]*)$/.exec(id) ?? []
  return `/meeting/live/${encodeURIComponent(team)}/${encodeURIComponent(day)}`
}

/** The screen for its room's wall. */
export const roomPath = (id: string) => sittingPath(id).replace('/live/', '/room/')

/** Opens it as one who takes part. */
export const joinPath = (id: string) => `${sittingPath(id)}?join`
