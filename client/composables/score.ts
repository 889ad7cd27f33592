import type { Kpi } from '#shared/record/kpi.ts'
import type { Entry, Sheet } from '#shared/record/sheet.ts'
import type { Replica } from '../db/types.ts'
import { cellKey, chosenKey } from '#shared/kpi/cell.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { sheetId } from '#shared/record/ids.ts'

export interface Cell { id: string, kpi: Pick<Kpi, 'demo'>, period: string }
export type Said = { value: number, note?: string } | { unavailable: string, note?: string }

/** Writes this person's own entry in a cell, by hand, now; returns what takes it back. */
export async function writeScore(replica: Replica, cell: Cell, said: Said): Promise<() => Promise<void>> {
  const key = cellKey(cell.period, replica.member)
  const before = (await replica.get<'sheet'>(sheetOf(cell)))?.d[key] ?? null
  const value = 'value' in said ? said.value : null
  const entry: Entry = { value, at: replica.now(), source: 'hand' }
  if ('unavailable' in said)
    entry.unavailable = said.unavailable
  if (said.note?.trim())
    entry.note = said.note.trim()
  await putFields(replica, cell, { [key]: entry })
  return () => putFields(replica, cell, { [key]: before })
}

/** Makes one writer's entry the one that counts. */
export function chooseEntry(replica: Replica, cell: Cell, writer: string): Promise<void> {
  return putFields(replica, cell, { [chosenKey(cell.period)]: writer })
}

/** Empties this person's own entry. */
export function clearScore(replica: Replica, cell: Cell): Promise<void> {
  return putFields(replica, cell, { [cellKey(cell.period, replica.member)]: null })
}

function sheetOf({ id, period }: Cell): string {
  return sheetId(id, quarterOf(period))
}

function putFields(replica: Replica, cell: Cell, fields: Record<`cell/${string}`, Entry | null> | Record<`chosen/${string}`, string>): Promise<void> {
  const sheet: Sheet = { kpi: cell.id, quarter: quarterOf(cell.period) }
  if (cell.kpi.demo)
    sheet.demo = true
  return replica.put('sheet', sheetOf(cell), fields, sheet)
}
