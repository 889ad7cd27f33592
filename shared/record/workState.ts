/** The states of a to-do in order, and how often one comes back, apart from the schemas so that the app need not load its validator. */
export const todoStates = ['open', 'done', 'verified'] as const
export type TodoState = typeof todoStates[number]

export const repeats = ['week', 'month', 'quarter'] as const
export type Repeat = typeof repeats[number]

export const priorityStates = ['open', 'done', 'dropped'] as const
export const tracks = ['on', 'off'] as const
export type Track = typeof tracks[number]

export const deliveryStates = ['sent', 'returned', 'accepted', 'done', 'verified'] as const
export type DeliveryState = typeof deliveryStates[number]

/** What must be there before an agent's seat is in production. */
export const lights = ['owner', 'measure', 'cadence', 'handoff'] as const
export type Light = typeof lights[number]

/** What a look at a seat came to. */
export const verdicts = ['keep', 'start', 'promote', 'extend', 'pause', 'resume', 'retire', 'raise', 'lower'] as const
export type Verdict = typeof verdicts[number]

export const proposalStates = ['open', 'approved', 'refused'] as const
