import type { Existing } from '#shared/import/apply.ts'
import type { ImportFile } from '#shared/import/importFile.ts'
import type { Format } from '#shared/import/plan.ts'
import type { Kind } from '#shared/record/envelope.ts'
import type { Cadence } from '#shared/record/kpi.ts'
import type { Rec } from '../db/types.ts'
import type { Preview } from './importCounts.ts'
import type { Picked } from './pickedFiles.ts'
import type { Company } from './useCompany.ts'
import { reactive, shallowRef, watch } from 'vue'
import { newId } from '#shared/record/ids.ts'
import { nameOf, readPicked } from './pickedFiles.ts'
import { useReplica } from './useReplica.ts'
import { writeImport } from './writeImport.ts'

export interface ImportChoices { format?: Format, seatId: string, cadence: Cadence | '', agentOwner: string }
type Stage = 'choose' | 'reading' | 'preview' | 'writing' | 'done'

/** One file or several, what they are, what they would do, and doing it. Nothing is written before `apply`. */
export function useImport(company: Company) {
  const replica = useReplica()
  const stage = shallowRef<Stage>('choose')
  const source = shallowRef<{ name: string, files: ImportFile[] }>()
  const choices = reactive<ImportChoices>({ seatId: '', cadence: '', agentOwner: company.me })
  const preview = shallowRef<Preview>()
  /** Why the whole file cannot be read, as a code. */
  const refused = shallowRef<string>()
  let looks = 0
  const written = shallowRef({ done: 0, all: 0 })

  async function take(files: ImportFile[]): Promise<void> {
    stage.value = 'reading'
    source.value = { name: nameOf(files), files }
    preview.value = undefined
    const { recogniseFormat } = await import('#shared/import/recognise.ts')
    const [only, ...others] = files
    const format = others.length ? 'agents' : recogniseFormat(only?.path ?? '', only?.text ?? '')
    Object.assign(choices, { format, seatId: '', cadence: '' })
    await look()
  }

  async function takeFiles(picked: readonly Picked[] | Promise<readonly Picked[]>): Promise<void> {
    stage.value = 'reading'
    const files = await readPicked(await picked)
    return files.length ? take(files) : restart()
  }

  /** Reads the files anew with what was chosen; the preview there is stays until then. Of two at once the later counts. */
  async function look(): Promise<void> {
    stage.value = 'preview'
    const mine = ++looks
    const found = await see()
    if (mine !== looks)
      return
    preview.value = typeof found === 'object' ? found : undefined
    refused.value = typeof found === 'string' ? found : undefined
  }

  async function see(): Promise<Preview | string> {
    if (!choices.format || !source.value)
      return 'unknown-format'
    try {
      return await draw(choices.format, source.value.files)
    }
    catch (error) {
      return error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    }
  }

  async function draw(format: Format, files: readonly ImportFile[]): Promise<Preview> {
    const { planFiles } = await import('#shared/import/plan.ts')
    const { applyPlan } = await import('#shared/import/apply.ts')
    const plan = planFiles(format, files, { calendar: company.calendar.value, seatId: choices.seatId || undefined, cadence: choices.cadence || undefined })
    const now = replica.now()
    const fresh = (kind: Parameters<typeof newId>[0]) => newId(kind, now, bytes => crypto.getRandomValues(bytes as Uint8Array<ArrayBuffer>))
    return { plan, applied: applyPlan(plan, await here(), { now, newId: fresh, writer: replica.member, agentOwner: choices.agentOwner }) }
  }

  async function here(): Promise<Existing> {
    return { seats: await all('seat'), members: await all('member'), kpis: await all('kpi'), sheets: await all('sheet'), teams: await all('team'), procedures: await all('procedure') }
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
    const last = await draw(choices.format, source.value.files)
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
  return { stage, source, choices, preview, refused, written, take, takeFiles, apply, restart }
}
