import type { Bodies } from '#shared/record/envelope.ts'
import type { Entry } from '#shared/record/sheet.ts'
import type { Kept, Rec } from '../db/types.ts'
import { computed, shallowRef } from 'vue'
import { fieldWord, valueWords } from './changeWords.ts'
import { useReplica } from './useReplica.ts'

/** One kept change: its values in words, the text ones to mend, and the two ways on. */
export function useKeptChange(change: () => Kept) {
  const replica = useReplica()
  const texts = shallowRef<Record<string, string>>({})
  const rows = computed(() => Object.entries(change().fields).map(([field, value]) => ({
    field,
    word: fieldWord(field),
    text: valueWords(value),
    editable: typeof value === 'string' && !/^[a-z]+[_:]/.test(value),
  })))

  const type = (field: string, text: string) => texts.value = { ...texts.value, [field]: text }
  const letGo = () => replica.letGo(change().id)

  async function sendAgain() {
    const { record, kind } = change()
    const fields = { ...freshened(change().fields, replica.now()), ...texts.value }
    const here = await replica.get(record)
    if (here)
      await replica.set(record, fields)
    else if (kind === 'sheet' || kind === 'ballot')
      await replica.put(kind, record, fields, fields as unknown as Rec<typeof kind>['d'])
    else
      await replica.add(kind, fields as unknown as Bodies[typeof kind], record)
    await letGo()
  }

  return { rows, texts, type, letGo, sendAgain }
}

/** A score sent again is written now. */
function freshened(fields: Record<string, unknown>, now: number): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) =>
    [field, field.startsWith('cell/') && value ? { ...value as Entry, at: now } : value]))
}
