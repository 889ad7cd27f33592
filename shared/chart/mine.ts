import type { Seat } from '../record/seat.ts'

/** Whether this person enters what the seat reports: they hold it, or it is an agent's they own, and it is at work. */
export function reportsFor(seat: Seat, member: string): boolean {
  return !seat.archived && seat.stage !== 'retired' && (seat.holder === member || (seat.kind === 'agent' && seat.owner === member))
}
