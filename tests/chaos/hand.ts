import type { Kind } from '#shared/record/envelope.ts'
import type { Rec, Replica } from '../../client/db/types.ts'
import type { Dice } from './plan.ts'

export type Some = <K extends Kind>(kind: K) => Promise<Rec<K> | undefined>
/** Who edits, on which phone, with what chance; every text is the given word. */
export interface Hand { phone: Replica, roll: Dice, word: string, some: Some }

export const dice = <T>(roll: Dice, all: readonly T[]): T => all[roll(all.length)] as T

/** Sets fields of some record of a kind; false where there is none. */
export async function change({ phone, some }: Hand, kind: Kind, fields: object): Promise<boolean> {
  const rec = await some(kind)
  if (rec)
    await phone.set(rec.id, fields as never)
  return rec !== undefined
}
