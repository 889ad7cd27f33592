import type { Existing } from '#shared/import/apply.ts'
import type { Format } from '#shared/import/plan.ts'
import type { Kind } from '#shared/record/envelope.ts'
import type { Cadence } from '#shared/record/kpi.ts'
import type { Rec } from '../db/types.ts'
import type { Preview } from './importCounts.ts'
import type { Company } from './useCompany.ts'
import { reactive, shallowRef, watch } from 'vue'
import { newId } from '#shared/record/ids.ts'
import { readText } from './readText.ts'
import { useReplica } from './useReplica.ts'
import { writeImport } from './writeImport.ts'

export interface ImportChoices { format?: Format, seatId: string, cadence: Cadence | '', agentOwner: string }
type Stage = 'choose' | 'reading' | 'preview' | 'writing' | 'done'

/** A file, what it is, what it would do, and doing it. Nothing is written before `apply`. */
export function useImport(company: Company) {
  const replica = useReplica()
  const stage = shallowRef<Stage>('choose')
  const source = shallowRef<{ name: string, text: string }>()
  const choices = reactive<ImportChoices>({ seatId: '', cadence: '', agentOwner: company.me })
  const preview = shallowRef<Preview>()
  /** Why the whole file cannot be read, as a code. */
  const refused = shallowRef<string>()
  const written = shallowRef({ done: 0, all: 0 })

  async function take(name: string, text: string): Promise<void> {
    stage.value = 'reading'
    source.value = { name, text }
    const { recogniseFormat } = await import('#shared/import/recognise.ts')
    Object.assign(choices, { format: recogniseFormat(name, text), seatId: '', cadence: '' })
    await look()
  }

  const takeFile = async (file: File) => take(file.name, await readText(file))

  /** Reads the file anew with what was chosen. */
  async function look(): Promise<void> {
    stage.value = 'preview'
    refused.value = undefined
    preview.value = undefined
    if (!choices.format || !source.value)
      return void (refused.value = 'unknown-format')
    try {
      preview.value = await draw(choices.format, source.value.text)
    }
    catch (error) {
      refused.value = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    }
  }

  async function draw(format: Format, text: string): Promise<Preview> {
    const { planImport } = await import('#shared/import/plan.ts')
    const { applyPlan } = await import('#shared/import/apply.ts')
    const plan = planImport(format, text, { calendar: company.calendar.value, seatId: choices.seatId || undefined, cadence: choices.cadence || undefined })
    const now = replica.now()
    const fresh = (kind: Parameters<typeof newId>[0]) => newId(kind, now, bytes => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>))
    return { plan, applied: applyPlan(plan, await here(), { now, newId: fresh, writer: replica.member, agentOwner: choices.agentOwner }) }
  }

  async function here(): Promise<Existing> {
    return { seats: await all('seat'), members: await all('member'), kpis: await all('kpi'), sheets: await all('sheet'), teams: await all('team') }
  }

  function all<K extends Kind>(kind: K): Promise<readonly Rec<K>[]> {
    return new Promise((resolve) => {
      const held = replica.find<K>({ kind }).subscribe((found) => {
        resolve(found)
        queueMicrotask(() => held.unsubscribe())
      })
    })
  }

  async function apply(): Promise<void> {
    if (!choices.format || !source.value)
      return
    stage.value = 'writing'
    // Read again: something may have arrived since the preview was drawn.
    const last = await draw(choices.format, source.value.text)
    await writeImport(replica, last.applied, (done, whole) => written.value = { done, all: whole })
    preview.value = last
    stage.value = 'done'
  }

  function restart(): void {
    stage.value = 'choose'
    source.value = undefined
    preview.value = undefined
  }

  watch(() => ({ ...choices }), () => stage.value === 'preview' && void look())
  return { stage, source, choices, preview, refused, written, take, takeFile, apply, restart }
}
