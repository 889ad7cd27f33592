import type { z } from 'zod'
import type { Kind } from './envelope.ts'
import { ballotRecord } from './ballot.ts'
import { contractRecord } from './contract.ts'
import { deliveryRecord } from './delivery.ts'
import { headlineRecord } from './headline.ts'
import { issueRecord } from './issue.ts'
import { kpiRecord } from './kpi.ts'
import { meetingRecord } from './meeting.ts'
import { memberRecord } from './member.ts'
import { orgRecord } from './org.ts'
import { priorityRecord } from './priority.ts'
import { procedureRecord } from './procedure.ts'
import { proposalRecord } from './proposal.ts'
import { recapRecord } from './recap.ts'
import { reviewRecord } from './review.ts'
import { roundRecord } from './round.ts'
import { seatRecord } from './seat.ts'
import { sheetRecord } from './sheet.ts'
import { teamRecord } from './team.ts'
import { todoRecord } from './todo.ts'

interface AnySpec { fields: z.ZodRawShape, families: Record<string, z.ZodType> }

export const specs: Record<Kind, AnySpec> = {
  org: orgRecord,
  member: memberRecord,
  team: teamRecord,
  seat: seatRecord,
  kpi: kpiRecord,
  sheet: sheetRecord,
  issue: issueRecord,
  round: roundRecord,
  ballot: ballotRecord,
  todo: todoRecord,
  headline: headlineRecord,
  priority: priorityRecord,
  contract: contractRecord,
  delivery: deliveryRecord,
  review: reviewRecord,
  procedure: procedureRecord,
  proposal: proposalRecord,
  meeting: meetingRecord,
  recap: recapRecord,
}

/** The schema of one field, or undefined where the kind has no such field. */
export function fieldSchema(kind: Kind, field: string): z.ZodType | undefined {
  const spec = specs[kind]
  const slash = field.indexOf('/')
  if (slash < 0)
    return Object.hasOwn(spec.fields, field) ? spec.fields[field] as z.ZodType : undefined
  const family = field.slice(0, slash)
  return Object.hasOwn(spec.families, family) ? spec.families[family] : undefined
}

/** Why a value does not fit a field; null empties an optional field or a family's key. */
export function refuseField(kind: Kind, field: string, value: unknown): 'unknown-field' | 'bad-value' | undefined {
  const schema = fieldSchema(kind, field)
  if (!schema || field.length > 300)
    return 'unknown-field'
  if (value === null)
    return field.includes('/') || schema.safeParse(undefined).success ? undefined : 'bad-value'
  return schema.safeParse(value).success ? undefined : 'bad-value'
}

/** The first field a new record of this kind must have and does not. */
export function missingField(kind: Kind, body: Record<string, unknown>): string | undefined {
  return Object.entries(specs[kind].fields)
    .find(([name, schema]) => body[name] === undefined && !(schema as z.ZodType).safeParse(undefined).success)?.[0]
}
