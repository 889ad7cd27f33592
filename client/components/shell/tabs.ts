import type { Key } from '../../text/t.ts'
import type { IconName } from '../base/icons.ts'

/** The five places, in order. */
export const tabs: readonly { to: string, icon: IconName, word: Key }[] = [
  { to: '/today', icon: 'today', word: 'nav.today' },
  { to: '/scorecard', icon: 'scorecard', word: 'nav.scorecard' },
  { to: '/issues', icon: 'issues', word: 'nav.issues' },
  { to: '/meeting', icon: 'meeting', word: 'nav.meeting' },
  { to: '/org', icon: 'org', word: 'nav.org' },
]
