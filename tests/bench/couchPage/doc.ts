import type { Row } from '../company.ts'
import { indexOf } from '#shared/record/envelope.ts'

/** A record as the CouchDB-protocol peer keeps it. */
export interface CouchDoc { id: string, kind: string, parent: string, owner: string, when: string, d: Record<string, unknown> }

export function couchDocOf({ id, kind, set }: Row): CouchDoc {
  const { parent, owner, when } = indexOf(kind, set)
  return { id, kind, parent, owner, when, d: set }
}

/** One document per score, as one would usually keep them there, instead of one sheet per KPI and quarter. */
export function scoreDocsOf({ id, set }: Row): CouchDoc[] {
  const parent = String(set.kpi)
  return Object.entries(set).filter(([field]) => field.startsWith('cell/')).map(([field, entry]) => {
    const [, period = '', writer = ''] = field.split('/')
    return { id: `${id}:${period}:${writer}`, kind: 'score', parent, owner: writer, when: period, d: entry as Record<string, unknown> }
  })
}
