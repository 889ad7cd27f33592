import type { Procedure } from '#shared/record/procedure.ts'
import type { Rec } from '../db/types.ts'
import { computed, shallowRef } from 'vue'
import { t } from '../text/t.ts'
import { useFormDraft } from './useFormDraft.ts'
import { useReplica } from './useReplica.ts'

export type ProcedureRec = Rec<'procedure'>

const needed = ['title', 'trigger', 'steps'] as const

/** How a seat does something, being written down; with `held` one that is there already. */
export function useProcedureForm(seat: string, held?: ProcedureRec) {
  const replica = useReplica()
  const { title = '', trigger = '', steps = '', outputs = '' } = held?.d ?? {}
  const { form, clear } = useFormDraft(held ? `procedure:${held.id}` : `procedure:new:${seat}`, { title, trigger, steps, outputs })
  const tried = shallowRef(false)
  const errors = computed(() => Object.fromEntries(needed.map(field => [field, tried.value && !form[field].trim() ? t('field.needed') : undefined])) as Record<typeof needed[number], string | undefined>)

  /** Writes it; false where something needed is missing. */
  async function save(): Promise<boolean> {
    tried.value = true
    if (needed.some(field => errors.value[field]))
      return false
    const outcome = form.outputs.trim()
    const texts = { title: form.title.trim(), trigger: form.trigger.trim(), steps: form.steps.trim() }
    if (held)
      await replica.set<'procedure'>(held.id, changed(held.d, { ...texts, outputs: outcome || null }))
    else
      await replica.add('procedure', { seat, ...texts, ...outcome && { outputs: outcome } })
    await clear()
    return true
  }

  return { form, errors, save }
}

function changed<T extends object>(before: Procedure, wanted: T): Partial<T> {
  return Object.fromEntries(Object.entries(wanted).filter(([field, value]) => (before[field as keyof Procedure] ?? null) !== value)) as Partial<T>
}
