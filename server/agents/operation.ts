import type { z } from 'zod'
import type { Agent } from '../domain/agentKeys.ts'
import type { AgentDeps } from './desk.ts'

/** One thing an agent may ask for: a route of the REST interface and a tool of the MCP server at once. */
export interface Operation {
  /** The tool's name, and the operation's in the OpenAPI document. */
  name: string
  title: string
  /** What it does, for whoever chooses among tools. */
  says: string
  method: 'get' | 'put' | 'post'
  /** Under /api/v1; a part in braces is a field of the input. */
  path: string
  reads: boolean
  /** Sent twice, it does what it does once. */
  isRepeatable: boolean
  input: z.ZodObject
  output: z.ZodObject
  run: (deps: AgentDeps, agent: Agent, input: unknown) => Promise<Record<string, unknown>>
}

/** One that writes, its input and output as its schemas say. */
export function operation<I extends z.ZodObject, O extends z.ZodObject>({ run, ...rest }: Omit<Operation, 'run' | 'reads' | 'input' | 'output'> & {
  input: I
  output: O
  run: (deps: AgentDeps, agent: Agent, input: z.infer<I>) => Promise<z.infer<O>>
}): Operation {
  return { ...rest, reads: false, run: (deps, agent, input) => run(deps, agent, input as z.infer<I>) }
}
