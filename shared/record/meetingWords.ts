/** The seven parts of a meeting, in the usual order; apart from the schema so that the app need not load its validator. */
export const sections = ['checkIn', 'scorecard', 'priorities', 'headlines', 'todos', 'issues', 'close'] as const
export type Section = typeof sections[number]
