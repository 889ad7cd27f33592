import type { AccessCode } from './access.ts'
import type { Person, World, Write } from './world.ts'
import { isOfOurTime } from '../kpi/civil.ts'
import { cadenceOf } from '../kpi/period.ts'
import { driftIn } from '../record/ids.ts'
import { worksAt } from './world.ts'

/** Anybody but a viewer raises one in their own name; the draft of a drift is nobody's, and noticed by who answers for its KPI. */
export function judgeIssue(person: Person, world: World, { id, before, set, after }: Write): AccessCode | undefined {
  if (person.role === 'viewer')
    return 'not-allowed'
  const drift = driftIn(id)
  if (before || !drift)
    return !before && set.raisedBy !== person.member ? 'not-yours' : undefined
  if (after.kpi !== drift.kpi || after.raisedBy !== drift.kpi || !cadenceOf(drift.period) || !isOfOurTime(drift.period))
    return 'wrong-id'
  const kpi = world.get('kpi', drift.kpi)
  return !kpi || worksAt(person, world, kpi.seat) ? undefined : 'not-allowed'
}
