import type { RequestHandler, Response } from 'express'
import type { Limits } from '../http/limits.ts'
import type { AgentDeps } from './desk.ts'
import { agentOf } from '../domain/agentKeys.ts'
import { Problem } from '../domain/problem.ts'
import { addressKey } from '../http/limits.ts'
import { locals } from '../http/locals.ts'

const bearer = /^bearer (otp_[\w-]{43})$/i

/** Where a client that was told 401 reads how to get in. */
export const metadataPath = '/.well-known/oauth-protected-resource'

/** Finds the agent by its key, and counts its calls; who comes with no key that opens is counted by address. */
export function withAgent(deps: AgentDeps, limits: Limits): RequestHandler {
  return async (req, res, next) => {
    const secret = bearer.exec(req.get('authorization') ?? '')?.[1]
    const found = secret === undefined ? new Problem('key') : await agentOf(deps, secret).catch(asProblem)
    if (found instanceof Problem) {
      await limits.spend('stranger', addressKey(locals(res).address))
      const wrong = secret === undefined ? '' : 'error="invalid_token", '
      if (found.code === 'key')
        res.setHeader('WWW-Authenticate', `Bearer ${wrong}resource_metadata="${locals(res).origin}${metadataPath}/mcp"`)
      throw found
    }
    await limits.spend('key', found.key.id)
    locals(res).agent = found
    next()
  }
}

/** The agent that calls. */
export function agentIn(res: Response) {
  const { agent } = locals(res)
  if (!agent)
    throw new Problem('key')
  return agent
}

/** RFC 9728: keys are made by people in the app, so no authorization server is named. */
export function resourceMetadata(origin: string): object {
  return {
    resource: `${origin}/mcp`,
    resource_name: 'OTP',
    bearer_methods_supported: ['header'],
    scopes_supported: ['read', 'all'],
    resource_documentation: `${origin}/api/openapi.json`,
  }
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem)
    return error
  throw error
}
