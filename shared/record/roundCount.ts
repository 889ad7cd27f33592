/** How a round counts: dots to give; a yes for as many as one likes; three places worth 3, 2 and 1; or a rank, 1 the best. */
export const counts = ['dots', 'approval', 'topThree', 'ranked'] as const
export type Count = typeof counts[number]
