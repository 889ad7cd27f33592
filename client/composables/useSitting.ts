import type { Meeting } from '#shared/record/meeting.ts'
import type { Section } from '#shared/record/meetingWords.ts'
import type { Rec } from '../db/types.ts'
import type { Company } from './useCompany.ts'
import { computed, shallowRef, watch } from 'vue'
import { runsMeetings } from '#shared/access/meeting.ts'
import { besides, clockOf, turnFields, turnsOf } from '#shared/meeting/clock.ts'
import { attends, hereFields, ratingFields } from '#shared/meeting/people.ts'
import { recapId } from '#shared/record/ids.ts'
import { useClock } from './useClock.ts'
import { useRecord } from './useLive.ts'
import { usePredict } from './usePredict.ts'
import { useReplica } from './useReplica.ts'

export type MeetingRecord = Rec<'meeting'>

/** Where a meeting stands. Closing is only asked for until the server has confirmed it. */
export type Sitting = 'live' | 'closing' | 'closed'

export const sittingOf = ({ d, waiting }: MeetingRecord): Sitting => d.state === 'live' ? 'live' : waiting.includes('state') ? 'closing' : 'closed'

/**
 * One meeting as this person is in it: everybody follows the room's clock, and may look elsewhere and come back. Who
 * `isBusy` when the room moves on stays where they are, and is told.
 */
export function useSitting(id: () => string, company: Company, isBusy = () => false) {
  const replica = useReplica()
  const me = replica.member
  const now = useClock(1000)
  const { world } = usePredict(company)
  const record = useRecord<'meeting'>(id)
  const recap = useRecord<'recap'>(() => recapId(id()))
  const meeting = computed(() => record.value?.d)
  const state = computed(() => record.value && sittingOf(record.value))
  const team = computed(() => company.teams.value.find(one => one.id === meeting.value?.team))
  const clock = computed(() => meeting.value && clockOf(meeting.value, now.value))

  /** Where this person looks while they roam; undefined while they follow. */
  const roaming = shallowRef<Section>()
  const section = computed(() => roaming.value ?? clock.value?.section)
  /** The room moved on while they were busy: what they see is where they were. */
  const heldBack = shallowRef(false)
  const own = shallowRef<Section>()
  watch(() => clock.value?.section, (next, before) => {
    if (roaming.value === next)
      follow()
    else if (!roaming.value && before && next !== own.value && isBusy())
      stay(before)
    own.value = undefined
  }, { flush: 'sync' })
  function look(at: Section): void {
    heldBack.value = false
    roaming.value = at === clock.value?.section ? undefined : at
  }
  function follow(): void {
    heldBack.value = false
    roaming.value = undefined
  }
  function stay(at: Section): void {
    roaming.value = at
    heldBack.value = true
  }

  const here = computed(() => meeting.value !== undefined && attends(meeting.value, me))
  const role = computed(() => company.myRole.value)
  const mayJoin = computed(() => role.value !== undefined && role.value !== 'viewer')
  /** Marks those here who have no phone with them. */
  const mayMark = computed(() => meeting.value !== undefined && role.value !== undefined && mayJoin.value && runsMeetings({ member: me, role: role.value }, world, meeting.value.team))
  const mayRun = computed(() => mayMark.value || (mayJoin.value && here.value))
  const runs = computed(() => meeting.value?.facilitator === me)

  const set = (fields: Partial<{ [F in keyof Meeting]: Meeting[F] | null }>) => replica.set<'meeting'>(id(), fields)
  const mark = (member: string, isHere: boolean) => set(hereFields(member, isHere ? replica.now() : null))
  const join = () => mark(me, true)
  /** Comes after every turn that is known here, however far behind this device's clock is. */
  function turn(what: { section: Section } | { paused: boolean }): Promise<void> {
    const last = meeting.value && turnsOf(meeting.value).at(-1)
    return set(turnFields(crypto.randomUUID(), { at: Math.max(replica.now(), (last?.at ?? 0) + 1), by: me, ...what }))
  }
  /** Takes the room to a part; who does so goes along. */
  async function go(to: Section | undefined): Promise<void> {
    if (!to)
      return
    follow()
    own.value = to
    await turn({ section: to })
  }
  const step = (by: 1 | -1) => go(meeting.value && clock.value && besides(meeting.value, clock.value.section, by))
  const pause = (paused: boolean) => turn({ paused })
  const takeOver = () => set({ facilitator: me })
  const rate = (score: number, why?: string) => set(ratingFields(me, { score, at: replica.now(), ...why && { why } }))
  const close = () => set({ state: 'closed', closedBy: me, closedAt: replica.now() })
  /** Takes the wish to close back, before the server heard it. */
  const keepOpen = () => set({ state: 'live', closedBy: null, closedAt: null })

  return { id, meeting, record, recap, state, team, clock, now, section, roaming, heldBack, look, follow, here, mayJoin, mayMark, mayRun, runs, mark, join, go, step, pause, takeOver, rate, close, keepOpen }
}

export type Sat = ReturnType<typeof useSitting>
