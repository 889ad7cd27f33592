import type { Invite } from '../store/accounts.ts'
import type { HttpDeps } from './deps.ts'
import type { Limits } from './limits.ts'
import { Router } from 'express'
import { z } from 'zod'
import { ref } from '#shared/record/define.ts'
import { memberRecord } from '#shared/record/member.ts'
import { acceptInvite, lookAtInvite } from '../domain/acceptInvite.ts'
import { invite, openInvites, withdrawInvite } from '../domain/invite.ts'
import { addMember } from '../domain/members.ts'
import { signUp } from '../domain/signUp.ts'
import { counted, signUpBody, welcome } from './account.ts'
import { addressKey } from './limits.ts'
import { actorOf, locals, personOf } from './locals.ts'
import { bodyOf, pathPart } from './parse.ts'
import { requireMember } from './session.ts'

/** Somebody who is in the records already, or a new person. */
const newInvite = z.union([z.strictObject({ member: ref() }), z.strictObject({ name: memberRecord.fields.name, role: memberRecord.fields.role })])
const nobody = z.strictObject({})
const newcomer = z.strictObject({ ...signUpBody.shape, name: signUpBody.shape.name.optional() })

/** For admins: who is asked in. */
export function inviteRoutes(deps: HttpDeps): Router {
  const router = Router()
  router.use('/orgs/:org/invites', requireMember(deps, req => pathPart(req, 'org')))
  router.get('/orgs/:org/invites', async (_req, res) => {
    res.json({ invites: (await openInvites(deps, actorOf(res))).map(present) })
  })
  router.post('/orgs/:org/invites', async (req, res) => {
    const actor = actorOf(res)
    const whom = bodyOf(req, newInvite)
    const made = await invite(deps, actor, 'member' in whom ? whom.member : await addMember(deps, actor, whom))
    deps.log.info({ event: 'invited', org: actor.org, by: actor.member, member: made.invite.member, requestId: locals(res).requestId }, 'security')
    const { origin } = locals(res)
    res.status(201).json({ ...present(made.invite), url: `${origin}/join/${made.token}`, installable: isInstallable(origin) })
  })
  router.delete('/orgs/:org/invites/:id', async (req, res) => {
    await withdrawInvite(deps, actorOf(res), pathPart(req, 'id'))
    res.json({})
  })
  return router
}

/** For whoever holds the link. */
export function acceptRoutes(deps: HttpDeps, limits: Limits): Router {
  const router = Router()
  router.get('/invites/:token', async (req, res) => {
    res.json(await lookAtInvite(deps, pathPart(req, 'token')))
  })
  router.post('/invites/:token/accept', async (req, res) => {
    const token = pathPart(req, 'token')
    if (locals(res).session) {
      bodyOf(req, nobody)
      return res.json(await acceptInvite(deps, token, personOf(res)))
    }
    const account = bodyOf(req, newcomer)
    const { member } = await lookAtInvite(deps, token)
    await limits.spend('signUp', addressKey(locals(res).address))
    const known = await counted(limits, res, account.email, () => signUp(deps, { ...account, name: account.name ?? member.name }, true))
    welcome(deps, res, known, 'invite-accepted', await acceptInvite(deps, token, known.person))
  })
  return router
}

function present({ hash, member, role, createdBy, expiresAt }: Invite) {
  return { id: hash, member, role, createdBy, expiresAt }
}

/** Phones install an app, and keep its data, only from a secure origin. */
function isInstallable(origin: string): boolean {
  // The host is the caller's word where nobody configured another.
  if (!URL.canParse(origin))
    return false
  const { protocol, hostname } = new URL(origin)
  return protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
