import type { PadStop } from './padRules.ts'
import type { KpiRow } from './useRows.ts'
import { computed, shallowRef, watch } from 'vue'
import { cellKey } from '#shared/kpi/cell.ts'
import { quarterOf } from '#shared/kpi/quarter.ts'
import { sheetId } from '#shared/record/ids.ts'
import { useSnacks } from '../stores/snacks.ts'
import { formatValue } from '../text/format.ts'
import { t } from '../text/t.ts'
import { isOutlier, lastNumbers, readNumber, typedNumber } from './padRules.ts'
import { writeScore } from './score.ts'
import { useReplica } from './useReplica.ts'

/** Numbers entered one after another. What is typed is a draft at every key; moving on or closing makes it the score. */
export function useNumberPad(rows: () => readonly KpiRow[], stops: () => readonly PadStop[]) {
  const replica = useReplica()
  const snacks = useSnacks()
  const at = shallowRef(0)
  const text = shallowRef('')
  const note = shallowRef('')
  const asked = shallowRef<'not-a-number' | 'outlier'>()
  const before = shallowRef('')
  const noteBefore = shallowRef('')

  const stop = computed(() => stops()[at.value])
  const row = computed(() => rows().find(({ id }) => id === stop.value?.id))
  const cell = computed(() => row.value?.cells.find(({ period }) => period === stop.value?.period))
  const last = computed(() => row.value && stop.value ? lastNumbers(row.value, stop.value.period, 3) : [])
  const reading = computed(() => readNumber(text.value))
  const value = computed(() => 'value' in reading.value ? reading.value.value : undefined)
  const echo = computed(() => row.value && value.value !== undefined ? formatValue(value.value, { ...row.value.unit, decimals: 6 }) : '')
  const draftKey = (of: PadStop) => `score/${of.id}/${of.period}`

  async function load() {
    const now = stop.value
    text.value = note.value = before.value = noteBefore.value = ''
    asked.value = undefined
    if (!now)
      return
    const kept = await replica.draft(draftKey(now))
    const own = (await replica.get<'sheet'>(sheetId(now.id, quarterOf(now.period))))?.d[cellKey(now.period, replica.member)]
    if (!stop.value || draftKey(stop.value) !== draftKey(now) || text.value)
      return
    note.value = noteBefore.value = own?.note ?? ''
    before.value = typeof own?.value === 'number' ? typedNumber(own.value) : ''
    text.value = kept ?? before.value
  }
  watch(() => stop.value && draftKey(stop.value), load, { immediate: true })

  function type(typed: string) {
    text.value = typed
    asked.value = undefined
    if (stop.value)
      void replica.saveDraft(draftKey(stop.value), typed === before.value ? undefined : typed)
  }

  /** Writes what was typed; false where it is no number yet, or unusual and `sure` was not said. */
  async function commit(sure: boolean): Promise<boolean> {
    const same = text.value === before.value && note.value === noteBefore.value
    if (same || !text.value.trim())
      return true
    const found = value.value
    asked.value = found === undefined ? 'not-a-number' : !sure && isOutlier(found, row.value?.cells ?? []) ? 'outlier' : undefined
    if (asked.value || found === undefined)
      return false
    await say({ value: found, note: note.value })
    return true
  }

  async function say(said: Parameters<typeof writeScore>[2]) {
    const [here, of] = [row.value, stop.value]
    if (!here || !of)
      return
    const typed = text.value
    const earlier = [before.value, noteBefore.value] as const
    before.value = typed
    noteBefore.value = note.value
    const undo = await writeScore(replica, { ...of, kpi: here.kpi }, said).catch((error) => {
      // What the device could not keep is still to be written.
      if (stop.value === of)
        [before.value, noteBefore.value] = earlier
      throw error
    })
    await replica.saveDraft(draftKey(of), undefined)
    const shown = 'value' in said ? formatValue(said.value, { ...here.unit, decimals: 6 }) : t('status.unavailable')
    snacks.show(t('pad.saved', { title: here.kpi.title, value: shown }), {
      undo: () => void undo().then(() => replica.saveDraft(draftKey(of), typed || undefined)),
    })
  }

  return { at, stop, row, cell, last, text, note, reading, value, echo, asked, type, load, commit, say }
}
