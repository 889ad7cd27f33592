/**
 * The one issue that something becomes when a meeting drops it to its list: two who tap at the same time, or apart, make
 * one. `dropped` is the KPI, priority, headline or to-do.
 */
export const dropId = (meeting: string, dropped: string) => `drop.${meeting.replace(/^meeting:/, '').replaceAll(':', '.')}.${dropped}`

export const isDropId = (id: string) => id.startsWith('drop.')
