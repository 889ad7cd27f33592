import type { Handset } from '../handset.ts'
import type { World } from '../world.ts'
import { deviceStories } from './deviceStories.ts'
import { mergeStories } from './mergeStories.ts'
import { wireStories } from './wireStories.ts'

/** A short story of two phones; it answers what it saw that must not be, or leaves the judging to the checks of every run. */
export type Act = (world: World, ada: Handset, ben: Handset) => Promise<string | undefined>

export type Scenario = keyof typeof deviceStories | keyof typeof mergeStories | keyof typeof wireStories
export const scenarios: Record<Scenario, Act> = { ...deviceStories, ...mergeStories, ...wireStories }
