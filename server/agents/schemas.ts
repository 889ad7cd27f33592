import { z } from 'zod'
import { finished } from './finish.ts'
import { stepTaken } from './handoffs.ts'
import { quoted } from './quote.ts'
import { raised } from './raise.ts'
import { reported } from './report.ts'
import { contractView, deliveryView, issueView, kpiView, periodView, procedureView, proposalView, seatView, todoView } from './view.ts'

/** What every refusal looks like, by REST; the code is stable, the title is for people. */
const problem = z.object({
  code: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string().optional(),
  fields: z.array(z.string()).optional(),
  requestId: z.string(),
})

const named = { Quoted: quoted, Period: periodView, Kpi: kpiView, Todo: todoView, Issue: issueView, Procedure: procedureView, Contract: contractView, Proposal: proposalView, Delivery: deliveryView, Seat: seatView, Reported: reported, Raised: raised, Finished: finished, HandoffStep: stepTaken, Problem: problem }

/** The name under which the OpenAPI document lists a schema. */
export const nameOf = (schema: z.ZodType) => Object.entries(named).find(([, one]) => one === schema)?.[0]

/** Where a named schema is found in the document. */
export const refTo = (name: string) => `#/components/schemas/${name}`

/** The named schemas as JSON Schema, which refer to each other by name. */
export function namedSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(named))
    registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { uri: refTo })
  return Object.fromEntries(Object.entries(schemas).map(([id, schema]) => [id, plain(schema)]))
}

/** A schema nobody gave a name. */
export function inline(schema: z.ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  return plain(z.toJSONSchema(schema, { io }))
}

function plain({ $schema, $id, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return rest
}
