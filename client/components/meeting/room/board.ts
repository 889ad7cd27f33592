import type { RoomView } from '#shared/meeting/room.ts'
import type { RoomScore, RoomTask } from '#shared/meeting/roomParts.ts'
import type { RoomVote } from '#shared/meeting/roomVote.ts'
import type { StatusName, Tone } from '../../base/status.ts'
import { formatDate, formatGoal, formatNumber, formatPeriodShort, formatValue } from '../../../text/format.ts'
import { t } from '../../../text/t.ts'

/** One line on the screen of a room. `share` is its part of the longest bar. */
export interface RoomRow {
  title: string
  sub?: string
  value?: string
  agent?: boolean
  warn?: string
  state?: { status: StatusName } | { tone: Tone, mark: string, text: string }
  share?: number
}

/** What a part shows in large: one figure with its words, then its rows. */
export interface RoomBoard { figure?: string, words?: string, rows: RoomRow[] }

const isDone = () => ({ tone: 'good' as const, mark: '✓', text: t('do.done') })

type BoardOf = (view: RoomView) => RoomBoard

const boards: Record<RoomView['section'], BoardOf> = {
  checkIn: ({ here, missing = [] }) => ({
    figure: formatNumber(here.length),
    words: t('checkIn.here'),
    rows: [
      ...here.map(title => ({ title, state: { tone: 'good' as const, mark: '✓', text: t('checkIn.here') } })),
      ...missing.map(title => ({ title, state: { tone: 'mute' as const, mark: '○', text: t('checkIn.away') } })),
    ],
  }),
  scorecard: ({ scores = [] }) => ({ rows: scores.map(scoreRow) }),
  priorities: ({ priorities = [] }) => ({
    words: priorities.length ? t('priorities.onTrack', { done: priorities.filter(({ track, done }) => done || track === 'on').length, all: priorities.length }) : undefined,
    rows: priorities.map(({ title, seat, track, done }) => ({ title, sub: seat, state: done ? isDone() : track === 'on' ? { tone: 'good' as const, mark: '✓', text: t('priority.on') } : { tone: 'bad' as const, mark: '▼', text: t('priority.off') } })),
  }),
  headlines: ({ headlines = [] }) => ({ rows: headlines.map(({ text, about, by }) => ({ title: text, sub: `${t(`headline.${about}`)} · ${by}` })) }),
  todos: ({ todos = { due: [], done: 0 } }) => ({
    figure: todos.due.length ? formatValue(100 * todos.done / todos.due.length, { unit: 'percent', decimals: 0 }) : undefined,
    words: todos.due.length ? t('todos.rate', { done: todos.done, all: todos.due.length }) : t('todos.noneDue'),
    rows: todos.due.map(taskRow),
  }),
  issues: issueBoard,
  close: closeBoard,
}

export const boardOf = (view: RoomView): RoomBoard => boards[view.section](view)

/** What a line got, in the words of how the round counts. */
export function sumText({ count }: Pick<RoomVote, 'count'>, n: number): string {
  switch (count) {
    case 'dots': return t('round.sum', { n })
    case 'approval': return t('room.sums', { n })
    case 'topThree': return t('room.points', { n })
    case 'ranked': return t('room.beaten', { n })
  }
}

function scoreRow({ title, seat, agent, typed, period, value, status, goal, unit }: RoomScore): RoomRow {
  const sub = [seat, formatPeriodShort(period), goal && t('today.goal', { goal: formatGoal(goal, unit) })].filter(Boolean).join(' · ')
  return { title, sub, agent, value: value === null ? '—' : formatValue(value, unit), state: { status }, ...typed && { warn: t('scorecard.notSelf') } }
}

function taskRow({ title, owner, due, done }: RoomTask): RoomRow {
  return { title, sub: t('close.madeOne', { owner, due: formatDate(due, { day: 'numeric', month: 'short' }) }), ...done && { state: isDone() } }
}

function issueBoard({ vote, issues = [] }: RoomView): RoomBoard {
  if (!vote)
    return { rows: issues.map(({ title, state }) => ({ title, ...state !== 'open' && { state: { tone: 'good' as const, mark: '→', text: t(`issue.state.${state}`) } } })) }
  if (vote.state === 'open')
    return { figure: t('round.voted', { done: vote.voted, all: vote.voters.length }), rows: vote.list.map(title => ({ title: title || t('room.moved') })) }
  return { words: vote.onTheWay ? t('round.onTheWay', { n: vote.onTheWay }) : undefined, rows: tallyRows(vote) }
}

function tallyRows(vote: RoomVote): RoomRow[] {
  const top = Math.max(1, ...vote.lines.map(({ votes }) => votes))
  return vote.lines.map(({ title, votes, place, tied }) => ({
    title: `${t('round.place', { n: place })} ${title || t('room.moved')}`,
    value: sumText(vote, votes),
    share: votes / top,
    ...tied && { state: { tone: 'warn' as const, mark: '=', text: t('round.tied') } },
  }))
}

function closeBoard({ rated, solved = [], made = [] }: RoomView): RoomBoard {
  const words = rated && t('close.averageSub', { done: rated.count, all: rated.of })
  return {
    ...rated && (rated.average === undefined ? { figure: words } : { figure: formatNumber(rated.average, 1), words: `${t('close.average')} · ${words}` }),
    rows: [
      ...solved.map(({ title, decision }) => ({ title, sub: decision, state: { tone: 'good' as const, mark: '✓', text: t('room.decided') } })),
      ...made.map(taskRow),
    ],
  }
}
