import type { BodyOf } from './define.ts'
import { z } from 'zod'
import { defineRecord, line } from './define.ts'

export const roles = ['admin', 'manager', 'member', 'viewer'] as const
export type Role = typeof roles[number]

/** A person in the org, with or without an account yet. */
export const memberRecord = defineRecord({
  name: line(120),
  role: z.enum(roles),
  state: z.enum(['invited', 'active', 'left']),
  importKey: line(300).optional(),
  demo: z.boolean().optional(),
})

export type Member = BodyOf<typeof memberRecord>
