import { account } from './en/account.ts'
import { agent } from './en/agent.ts'
import { base } from './en/base.ts'
import { drift } from './en/drift.ts'
import { fields } from './en/fields.ts'
import { handoff } from './en/handoff.ts'
import { importing } from './en/importing.ts'
import { issue } from './en/issue.ts'
import { kpi } from './en/kpi.ts'
import { leaving } from './en/leaving.ts'
import { lifecycle } from './en/lifecycle.ts'
import { meeting } from './en/meeting.ts'
import { org } from './en/org.ts'
import { pad } from './en/pad.ts'
import { pwa } from './en/pwa.ts'
import { refused } from './en/refused.ts'
import { remind } from './en/remind.ts'
import { room } from './en/room.ts'
import { round } from './en/round.ts'
import { scorecard } from './en/scorecard.ts'
import { sections } from './en/sections.ts'
import { settings } from './en/settings.ts'
import { storage } from './en/storage.ts'
import { sync } from './en/sync.ts'
import { today } from './en/today.ts'
import { work } from './en/work.ts'

/** Every word a person sees, by key; one file of `en/` for each area. */
export const en = {
  ...base,
  ...sync,
  ...storage,
  ...refused,
  ...fields,
  ...today,
  ...kpi,
  ...pad,
  ...scorecard,
  ...round,
  ...org,
  ...issue,
  ...account,
  ...settings,
  ...leaving,
  ...importing,
  ...pwa,
  ...remind,
  ...work,
  ...agent,
  ...lifecycle,
  ...drift,
  ...handoff,
  ...meeting,
  ...sections,
  ...room,
}

export type Words = typeof en
