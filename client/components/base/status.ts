import type { Key } from '../../text/t.ts'

export type Tone = 'good' | 'bad' | 'warn' | 'mute'
export type StatusName = 'onTrack' | 'offTrack' | 'noData' | 'stale' | 'unavailable' | 'noGoal'

/** Each status as a shape, a word and a colour: never the colour alone. */
export const statusLook: Record<StatusName, { mark: string, tone: Tone, word: Key }> = {
  onTrack: { mark: '✓', tone: 'good', word: 'status.onTrack' },
  offTrack: { mark: '▼', tone: 'bad', word: 'status.offTrack' },
  noData: { mark: '', tone: 'warn', word: 'status.noData' },
  stale: { mark: '!', tone: 'warn', word: 'status.stale' },
  unavailable: { mark: '–', tone: 'mute', word: 'status.unavailable' },
  noGoal: { mark: '·', tone: 'mute', word: 'status.noGoal' },
}
