/** The states of an issue in order, apart from the schema so that the app need not load its validator. */
export const issueStates = ['open', 'identified', 'discussed', 'solved'] as const
export type IssueState = typeof issueStates[number]
