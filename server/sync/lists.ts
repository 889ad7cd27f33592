import type { Body, Kind } from '#shared/record/envelope.ts'
import type { Round } from '#shared/record/round.ts'
import type { ReadTx, StoredDoc } from '../store/port.ts'

interface Row { kind: Kind, id: string, set: Body }

/** Whether a round is open and has this issue on its list, taken off or not. */
export const isOnList = (round: StoredDoc, issue: string) => round.kind === 'round' && round.body.state === 'open' && (round.body as unknown as Round).issues.includes(issue)

/** The open rounds whose lists lose or get back an issue, as these rows archive or restore it. */
export async function roundsTouched(tx: ReadTx, org: string, rows: readonly Row[]): Promise<StoredDoc[]> {
  const issues = rows.filter(({ kind, set }) => kind === 'issue' && 'archived' in set).map(({ id }) => id)
  const found: StoredDoc[] = []
  if (issues.length === 0)
    return found
  for (const issue of await tx.docs(org, issues)) {
    const rounds = issue.body.team ? await tx.docsByParent(org, String(issue.body.team), 'round') : await tx.docsByKind(org, 'round')
    found.push(...rounds.filter(round => isOnList(round, issue.id)))
  }
  return found
}
