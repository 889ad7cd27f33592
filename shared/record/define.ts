import { z } from 'zod'
import { isCivilDate, isOfOurTime } from '../kpi/civil.ts'

/**
 * One kind of record: fixed fields, and families of fields whose keys are `prefix/…`
 * (one field per thing two people may change apart, so that they merge without a clash).
 */
export interface RecordSpec<F extends z.ZodRawShape, M extends Record<string, z.ZodType>> {
  fields: F
  families: M
}

export type BodyOf<S> = S extends RecordSpec<infer F, infer M>
  ? z.infer<z.ZodObject<F>> & { [P in keyof M & string as `${P}/${string}`]?: z.infer<M[P]> }
  : never

export function defineRecord<F extends z.ZodRawShape, M extends Record<string, z.ZodType> = Record<never, never>>(
  fields: F,
  families?: M,
): RecordSpec<F, M> {
  return { fields, families: families ?? ({} as M) }
}

/** One line of plain text, up to `max` characters; must hold more than spaces. */
export const line = (max = 200) => z.string().max(max).regex(/\S/)
/** Plain text of any number of lines; may be empty. */
export const prose = (max = 8000) => z.string().max(max)
/** A record's id. */
export const ref = () => z.string().min(1).max(120)
/** A day on the wall calendar, `2026-11-22`. */
export const localDay = () => z.string().refine(day => isCivilDate(day) && isOfOurTime(day))
/** Beyond it are moments no calendar can write: one such in a record would stop every screen that shows it. */
const lastInstant = 200_000_000_000_000
/** Milliseconds since 1970, as the writer's corrected clock told it. */
export const instant = () => z.number().int().min(0).max(lastInstant)
