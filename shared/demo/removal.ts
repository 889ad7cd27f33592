import type { Body, Doc, Kind } from '../record/envelope.ts'

export interface DemoRemoval { kind: Kind, id: string, fields: Body }

const archivable: readonly Kind[] = ['delivery', 'contract', 'procedure', 'todo', 'headline', 'priority', 'issue', 'kpi', 'team', 'seat']

/**
 * What takes the demo company out again: its records archived, its people gone, then the company's own mark.
 * Sheets, rounds and reviews go with what they belong to. Whatever is already gone is not written again.
 */
export function demoRemoval(docs: readonly Doc[]): DemoRemoval[] {
  const demo = docs.filter(doc => (doc.d as Body).demo === true)
  const archive = archivable.flatMap(kind => demo.filter(doc => doc.kind === kind && (doc.d as Body).archived !== true)
    .map(({ id }) => ({ kind, id, fields: { archived: true } })))
  const leave = demo.filter(doc => doc.kind === 'member' && (doc.d as Body).state !== 'left')
    .map(({ id }): DemoRemoval => ({ kind: 'member', id, fields: { state: 'left' } }))
  const unmark = demo.filter(({ kind }) => kind === 'org').map(({ id }): DemoRemoval => ({ kind: 'org', id, fields: { demo: null } }))
  return [...archive, ...leave, ...unmark]
}
