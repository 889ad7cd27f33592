import type { Standing } from '#shared/handoff/state.ts'
import type { Tone } from '../base/status.ts'

/** Each standing as a shape and a colour beside its word. */
export const standingLook: Record<Standing, { mark: string, tone: Tone }> = {
  offered: { mark: '○', tone: 'warn' },
  expired: { mark: '!', tone: 'bad' },
  accepted: { mark: '◐', tone: 'mute' },
  returned: { mark: '↩', tone: 'bad' },
  done: { mark: '✓', tone: 'good' },
  verified: { mark: '✓', tone: 'good' },
}
