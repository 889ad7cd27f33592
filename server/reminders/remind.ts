import type { Log } from '../ops/log.ts'
import type { Store } from '../store/port.ts'
import type { NearMeeting, Open } from './near.ts'
import type { Message, Outcome, Sender } from './send.ts'
import { nearMeetings, openFor } from './near.ts'
import { sendMessage } from './send.ts'

export interface RemindDeps { store: Store, sender: Sender, log: Log, now: () => number }

const week = 7 * 86_400_000

/**
 * One look at every company: whoever has numbers open for a meeting that is near is told once, on each of their
 * devices. Any number of processes may look at the same time; a company in trouble keeps no other waiting.
 */
export async function remindAll(deps: RemindDeps): Promise<void> {
  const { reminders } = deps.store.accounts
  for (const org of await reminders.orgs())
    await remindOrg(deps, org).catch((error: unknown) => deps.log.error({ err: error, org }, 'bug'))
  await reminders.forgetClaims(deps.now() - week)
}

/** Looks every so often; a look that takes longer lets the next one go by. `stop` waits for the one under way. */
export function remindEvery(milliseconds: number, deps: RemindDeps): { stop: () => Promise<void> } {
  const state: { look?: Promise<void> } = {}
  const timer = setInterval(() => {
    state.look ??= remindAll(deps).catch((error: unknown) => deps.log.error({ err: error }, 'bug')).finally(() => state.look = undefined)
  }, milliseconds)
  return {
    stop: async () => {
      clearInterval(timer)
      await state.look
    },
  }
}

async function remindOrg(deps: RemindDeps, org: string): Promise<void> {
  const { store, now } = deps
  const { reminders } = store.accounts
  const near = await store.read(tx => nearMeetings(tx, org, now()))
  if (!near)
    return reminders.dropOrg(org)
  const listeners = near.length > 0 ? await reminders.listeners(org) : []
  for (const meeting of near) {
    const seenTo = new Set(await reminders.seenTo(org, meeting.id))
    const left = listeners.filter(member => !seenTo.has(member))
    const open = left.length > 0 ? await store.read(tx => openFor(tx, org, meeting, left, now())) : []
    for (const one of open) {
      if (await reminders.claim({ org, member: one.member, meeting: meeting.id }, now()) && one.missing > 0)
        await tell(deps, org, meeting, one)
    }
  }
}

async function tell({ store, sender, log, now }: RemindDeps, org: string, meeting: NearMeeting, open: Open): Promise<void> {
  const { reminders } = store.accounts
  const message = messageOf(meeting, open)
  const outcomes = await Promise.all((await reminders.devicesOf(org, open.member)).map(async (device): Promise<Outcome> => {
    const outcome = await sendMessage(sender, device, message, now())
    await (outcome === 'gone' ? reminders.forget(device.hash) : reminders.noteOutcome(org, device.hash, outcome === 'sent', now()))
    return outcome
  }))
  const count = (wanted: Outcome) => outcomes.filter(outcome => outcome === wanted).length
  log.info({ org, member: open.member, sent: count('sent'), gone: count('gone'), failed: count('failed') }, 'reminded')
}

/** How many, whose meeting, when: no title, no value, no name. */
function messageOf({ id, teamId, team, day, at }: NearMeeting, { missing, due }: Open): Message {
  return { tag: id, until: at, text: JSON.stringify({ kind: 'meeting', tag: id, team: team.name, teamId, day, at, missing, due }) }
}
