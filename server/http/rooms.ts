import type { Response } from 'express'
import type { HttpDeps } from './deps.ts'
import { Router } from 'express'
import { hashOf } from '../domain/invite.ts'
import { makeRoomLink, openRoom, takeRoomLinkBack } from '../domain/roomLink.ts'
import { actorOf, locals } from './locals.ts'
import { pathPart } from './parse.ts'
import { createRoomStreams, viewOf } from './roomStreams.ts'
import { requireMember } from './session.ts'

/** The screen of a meeting's room: a link for whoever is in the meeting, and what it shows to whoever has the link. */
export function roomRoutes(deps: HttpDeps): Router {
  const router = Router()
  const streams = createRoomStreams(deps)
  router.use('/meetings/:id/room-link', requireMember(deps, req => req.get('x-org') ?? ''))
  router.post('/meetings/:id/room-link', async (req, res) => {
    const { token, before } = await makeRoomLink(deps, actorOf(res), pathPart(req, 'id'))
    ended(before)
    note(res, 'room-link-made')
    res.status(201).json({ url: `${locals(res).origin}/room/${token}` })
  })
  router.delete('/meetings/:id/room-link', async (req, res) => {
    ended(await takeRoomLinkBack(deps, actorOf(res), pathPart(req, 'id')))
    note(res, 'room-link-taken-back')
    res.json({})
  })
  router.get('/rooms/:token', async (req, res) => {
    const link = await openRoom(deps, hashOf(pathPart(req, 'token')))
    res.json({ now: deps.now(), view: await viewOf(deps, link) })
  })
  router.get('/rooms/:token/stream', async (req, res) => {
    await streams.open(await openRoom(deps, hashOf(pathPart(req, 'token'))), res)
  })
  return router

  function ended(hash: string | undefined) {
    if (hash !== undefined)
      streams.end(hash)
  }

  function note(res: Response, event: string) {
    const { org, member: by } = actorOf(res)
    deps.log.info({ event, org, by, requestId: locals(res).requestId }, 'security')
  }
}
