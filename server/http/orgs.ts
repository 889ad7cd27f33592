import type { HttpDeps } from './deps.ts'
import type { Limits } from './limits.ts'
import { Router } from 'express'
import { z } from 'zod'
import { memberRecord } from '#shared/record/member.ts'
import { orgRecord } from '#shared/record/org.ts'
import { createOrg } from '../domain/createOrg.ts'
import { setSignUp } from '../domain/setSignUp.ts'
import { locals, personOf } from './locals.ts'
import { bodyOf } from './parse.ts'

const { name, timeZone, weekStart, yearStart, currency } = orgRecord.fields
const newOrg = z.strictObject({ name, timeZone: timeZone.refine(isTimeZone), weekStart, yearStart, currency, yourName: memberRecord.fields.name })
const signUpSetting = z.strictObject({ signUp: z.enum(['invite', 'open']) })

export function orgRoutes(deps: HttpDeps, limits: Limits): Router {
  const router = Router()
  router.post('/orgs', async (req, res) => {
    const { userId } = personOf(res)
    const settings = bodyOf(req, newOrg)
    await limits.spend('org', userId)
    const made = await createOrg(deps, userId, settings)
    deps.log.info({ event: 'org-created', person: userId, org: made.org, requestId: locals(res).requestId }, 'security')
    res.status(201).json(made)
  })
  router.put('/settings/sign-up', async (req, res) => {
    const { userId } = personOf(res)
    const { signUp } = bodyOf(req, signUpSetting)
    await setSignUp(deps, userId, signUp)
    deps.log.info({ event: 'sign-up-setting', person: userId, signUp, requestId: locals(res).requestId }, 'security')
    res.json({ signUp })
  })
  return router
}

function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== ''
  }
  catch {
    return false
  }
}
