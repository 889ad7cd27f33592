import type { SeatFace } from '../../composables/useChart.ts'
import { t } from '../../text/t.ts'

/** The line under a seat's title: its holder, "vacant", or that it is an agent's and whose. */
export function faceWords({ sub }: SeatFace): string {
  return sub.word === 'holder' ? sub.name : t(sub.word, { name: sub.name })
}
