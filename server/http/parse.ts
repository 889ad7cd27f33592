import type { Request } from 'express'
import type { z } from 'zod'
import { Problem } from '../domain/problem.ts'

/** The body as the schema has it, or `invalid` with the fields it is about. */
export function bodyOf<T>(req: Request, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(req.body ?? {})
  if (!parsed.success)
    throw new Problem('invalid', { fields: [...new Set(parsed.error.issues.map(issue => issue.path.join('.')))] })
  return parsed.data
}

/** A part of the path, capped. */
export function pathPart(req: Request, name: string): string {
  const part = req.params[name]
  if (typeof part !== 'string' || part.length > 200)
    throw new Problem('not-found')
  return part
}
