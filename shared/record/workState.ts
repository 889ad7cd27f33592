/** The states of a to-do in order, and how often one comes back, apart from the schemas so that the app need not load its validator. */
export const todoStates = ['open', 'done', 'verified'] as const
export type TodoState = typeof todoStates[number]

export const repeats = ['week', 'month', 'quarter'] as const
export type Repeat = typeof repeats[number]

export const priorityStates = ['open', 'done', 'dropped'] as const
export const tracks = ['on', 'off'] as const
export type Track = typeof tracks[number]
