import type { ErrorRequestHandler, Response } from 'express'
import type { ProblemCode } from '../domain/problem.ts'
import type { Log } from '../ops/log.ts'
import { Problem } from '../domain/problem.ts'
import { locals } from './locals.ts'

const table: Record<ProblemCode, [status: number, title: string]> = {
  'sign-in': [401, 'Sign in first.'],
  'sign-in-refused': [401, 'The address or the password is wrong.'],
  'sign-up-refused': [403, 'An account needs an invite. If you have one already, check the password.'],
  'password-short': [422, 'A password has at least 8 characters; 12 or more are better.'],
  'password-long': [422, 'A password has at most 256 characters.'],
  'password-common': [422, 'This password is among the first to be guessed.'],
  'invalid': [422, 'Something in the request is missing or does not fit.'],
  'bad-json': [400, 'The body is not JSON.'],
  'too-large': [413, 'The body is too large.'],
  'not-json': [415, 'The body must be application/json.'],
  'cross-site': [403, 'The request comes from another site.'],
  'too-many': [429, 'Too many requests. Try again later.'],
  'busy': [503, 'The server is busy. Try again in a moment.'],
  'stopping': [503, 'The server is stopping.'],
  'timeout': [408, 'The request took too long to arrive.'],
  'ORG_GONE': [403, 'You are no longer in this company.'],
  'other-person': [409, 'Somebody else\'s records are on this device.'],
  'org-unknown': [404, 'There is no such company for you.'],
  'role': [403, 'Your role does not allow this.'],
  'member-unknown': [404, 'There is no such member.'],
  'member-taken': [409, 'This member has an account already.'],
  'last-admin': [409, 'A company keeps at least one admin.'],
  'invite-gone': [404, 'This invite is used, withdrawn or expired.'],
  'room-gone': [404, 'This screen was taken back, or its meeting is over.'],
  'already-member': [409, 'You are in this company already.'],
  'not-found': [404, 'There is nothing here.'],
  'update': [426, 'This version of the app is too old. Update it.'],
  'internal': [500, 'Something went wrong on the server.'],
  'key': [401, 'This key opens nothing: it is wrong or was revoked.'],
  'key-unknown': [404, 'There is no such key, or it was revoked.'],
  'keys-full': [409, 'This seat has ten keys. Revoke one first.'],
  'key-scope': [403, 'This key may only read.'],
  'seat-unknown': [404, 'There is no such agent\'s seat.'],
  'seat-stopped': [403, 'This agent was stopped: its seat is paused, retired or archived.'],
  'not-allowed': [403, 'This is not for you to do. A person must decide it.'],
  'not-yours': [403, 'This is not your seat\'s.'],
  'not-your-entry': [403, 'Only its writer may change an entry.'],
  'wrong-period': [422, 'That period does not exist or does not go with this KPI.'],
  'period-ahead': [422, 'That period has not begun.'],
  'bad-value': [422, 'A value does not fit the field.'],
  'issues-full': [429, 'Your seat has raised its share of issues for today. Raise the rest tomorrow, or tell its owner.'],
  'handoffs-full': [429, 'Your seat has sent its share of handoffs for today. Send the rest tomorrow, or tell its owner.'],
  'proposals-full': [429, 'Too much of yours waits for approval. A person must decide first.'],
  'too-many-hops': [409, 'It has come through too many agents in a row. A person must send it on.'],
  'wrong-state': [409, 'It is not in a state in which this can be done.'],
}

/** What a problem says in words, whoever asks. */
export const titleOf = (code: ProblemCode) => table[code][1]

/** Refusals worth a line in the log of security events. */
const events: ReadonlySet<ProblemCode> = new Set(['sign-in-refused', 'sign-up-refused', 'cross-site', 'too-many', 'ORG_GONE', 'other-person', 'org-unknown', 'role', 'invite-gone', 'room-gone', 'key', 'seat-stopped', 'not-allowed', 'not-yours', 'not-your-entry'])

function sendProblem(res: Response, { code, fields, retryAfter, detail }: Problem): void {
  const [status, title] = table[code]
  if (retryAfter !== undefined)
    res.setHeader('Retry-After', String(Math.max(1, Math.ceil(retryAfter))))
  res.status(status).type('application/problem+json').send(JSON.stringify({ code, title, status, detail, fields, requestId: locals(res).requestId }))
}

/** Registered last: problems are told, bugs are logged whole and told bare. */
export function problemHandler(log: Log): ErrorRequestHandler {
  return (error: unknown, _req, res, next) => {
    const problem = asProblem(error)
    const { requestId, session, agent } = locals(res)
    if (!problem)
      log.error({ requestId, err: error }, 'bug')
    else if (events.has(problem.code))
      log.warn({ event: problem.code, person: session?.person.userId, seat: agent?.seat, requestId }, 'security')
    if (res.headersSent)
      return next(error)
    sendProblem(res, problem ?? new Problem('internal'))
  }
}

/** The body parser and the router throw errors with a status of their own. */
function asProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem)
    return error
  const { status, type } = error as { status?: unknown, type?: unknown }
  if (typeof status !== 'number' || status < 400 || status >= 500)
    return undefined
  if (status === 413)
    return new Problem('too-large')
  if (status === 415)
    return new Problem('not-json')
  return new Problem(typeof type === 'string' ? 'bad-json' : 'not-found')
}
