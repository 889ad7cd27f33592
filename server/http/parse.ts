import type { Request, RequestHandler } from 'express'
import type { z } from 'zod'
import { Problem } from '../domain/problem.ts'

/** The body as the schema has it, or `invalid` with the fields it is about. */
export function bodyOf<T>(req: Request, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(req.body ?? {})
  if (!parsed.success)
    throw new Problem('invalid', { fields: [...new Set(parsed.error.issues.map(issue => issue.path.join('.')))] })
  return parsed.data
}

/** Deeper than anything anybody sends; much deeper cannot even be written into a log. */
const deepest = 20

/** Refuses a body that nests without end. */
export const refuseDeep: RequestHandler = (req, _res, next) => {
  if (isDeeper(req.body, deepest))
    throw new Problem('invalid')
  next()
}

function isDeeper(value: unknown, left: number): boolean {
  return typeof value === 'object' && value !== null && (left === 0 || Object.values(value).some(inner => isDeeper(inner, left - 1)))
}

/** A part of the path, capped; no database holds a zero character. */
export function pathPart(req: Request, name: string): string {
  const part = req.params[name]
  if (typeof part !== 'string' || part.length > 200 || part.includes('\0'))
    throw new Problem('not-found')
  return part
}
