import type { Role } from '#shared/record/member.ts'
import type { Identity } from '../db/identity.ts'
import type { Answer } from './askServer.ts'
import { askServer } from './askServer.ts'

export interface MyOrg { org: string, member: string, role: Role, name: string }

/** Whom the server takes this browser for, and what a stranger may do. */
export interface Me {
  user: { id: string, name: string, email: string } | null
  orgs: MyOrg[]
  signUp: 'invite' | 'open'
  /** Nobody has an account on this server yet. */
  first: boolean
}

const owed = 'otp:sign-out-owed'

/** Asks who is signed in. A sign-out the server has not heard of yet is told first. */
export async function askMe(): Promise<Answer<Me>> {
  if (localStorage.getItem(owed) && !await tellSignOut())
    return { refused: 'offline', fields: [] }
  return askServer<Me>('GET', '/api/account/me')
}

/** Ends the session on the server; where nobody answers it is owed, and told before anybody can come in again. */
export async function tellSignOut(): Promise<boolean> {
  localStorage.setItem(owed, '1')
  const answer = await askServer('POST', '/api/account/sign-out')
  const done = 'body' in answer
  if (done)
    localStorage.removeItem(owed)
  return done
}

/** Nothing is owed once somebody signs in: their session takes the old one's place. */
export const forgetOwedSignOut = () => localStorage.removeItem(owed)

/** What this device remembers of a person in one of their companies. */
export function identityIn(me: Me, org: MyOrg | undefined): Identity | undefined {
  return me.user && org ? { user: me.user.id, org: org.org, member: org.member, name: me.user.name, orgName: org.name, role: org.role } : undefined
}
