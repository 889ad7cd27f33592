import { base } from './en/base.ts'
import { fields } from './en/fields.ts'
import { kpi } from './en/kpi.ts'
import { pad } from './en/pad.ts'
import { refused } from './en/refused.ts'
import { scorecard } from './en/scorecard.ts'
import { sync } from './en/sync.ts'
import { today } from './en/today.ts'

/** Every word a person sees, by key; one file of `en/` for each area. */
export const en = {
  ...base,
  ...sync,
  ...refused,
  ...fields,
  ...today,
  ...kpi,
  ...pad,
  ...scorecard,
}

export type Words = typeof en
