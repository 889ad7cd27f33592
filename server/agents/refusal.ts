import type { ProblemCode } from '../domain/problem.ts'
import { Problem } from '../domain/problem.ts'

const refusals: ReadonlySet<string> = new Set<ProblemCode>(['not-allowed', 'not-yours', 'not-your-entry', 'seat-stopped', 'wrong-period', 'bad-value', 'too-many-hops'])

/** What the rules said no to, as it is told an agent. */
export function problemOf({ code, fields }: { code: string, fields?: string[] }): Problem {
  return new Problem(isKnown(code) ? code : 'invalid', { fields })
}

function isKnown(code: string): code is ProblemCode {
  return refusals.has(code)
}
