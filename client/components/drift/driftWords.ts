import type { DriftItem } from '../../composables/useDriftList.ts'
import type { Tone } from '../base/status.ts'
import { formatPeriod } from '../../text/format.ts'
import { t } from '../../text/t.ts'

/** What a line is about, in words. */
export function driftWords({ what, times, since, over }: DriftItem): string {
  const period = formatPeriod(since)
  return over ? t('drift.recovered', { period }) : t(`drift.${what}`, { n: times, period })
}

/** Its shape and colour, which the words stand beside. */
export function driftLook({ what, over }: DriftItem): { mark: string, tone: Tone } {
  switch (what) {
    case 'offTrack': return over ? { mark: '↺', tone: 'mute' } : { mark: '▼', tone: 'bad' }
    case 'silent':
    case 'missing': return { mark: '!', tone: 'warn' }
    case 'worsening': return { mark: '↘', tone: 'warn' }
    case 'flat': return { mark: '＝', tone: 'mute' }
  }
}
