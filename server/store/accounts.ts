import type { Kysely, Transaction } from 'kysely'
import type { Role } from '#shared/record/member.ts'
import type { AccountTables, InviteRow } from './accountTables.ts'
import type { AgentKeys } from './agentKeys.ts'
import type { Reminders } from './reminders.ts'
import type { RoomLinks } from './roomLinks.ts'
import { sql } from 'kysely'
import { accountTables } from './accountTables.ts'
import { createAgentKeys } from './agentKeys.ts'
import { createReminderStore, reminderTables } from './reminders.ts'
import { createRoomLinks } from './roomLinks.ts'

export interface Membership { org: string, member: string }

export interface Invite extends Membership {
  /** What is stored of the secret: SHA-256, base64url. Also the invite's name in lists. */
  hash: string
  role: Role
  createdBy: string
  expiresAt: number
  usedAt?: number
  usedBy?: string
}

type Claim = Invite | 'invite-gone' | 'already-member'

/** Who may come in, and as whom. Roles are not kept here: they are read from the member's record. */
export interface Accounts {
  /** For the sign-in library alone. */
  database: { db: Kysely<unknown>, type: 'sqlite' | 'postgres' }
  hasAccounts: () => Promise<boolean>
  membershipsOf: (userId: string) => Promise<Membership[]>
  memberIn: (userId: string, org: string) => Promise<string | undefined>
  /** Whether somebody signs in as this member. */
  isTaken: (org: string, member: string) => Promise<boolean>
  addMembership: (userId: string, membership: Membership, now: number) => Promise<boolean>
  addInvite: (invite: Invite) => Promise<void>
  /** Still open at `now`, soonest to expire first. */
  openInvites: (org: string, now: number) => Promise<Invite[]>
  inviteOf: (hash: string) => Promise<Invite | undefined>
  removeInvite: (org: string, hash: string) => Promise<boolean>
  removeInvitesOf: (org: string, member: string) => Promise<void>
  /** Uses the invite up and adds the membership, both or neither; the same person may repeat it. */
  claimInvite: (hash: string, userId: string, now: number) => Promise<Claim>
  agentKeys: AgentKeys
  roomLinks: RoomLinks
  reminders: Reminders
  setting: (key: string) => Promise<string | undefined>
  putSetting: (key: string, value: string) => Promise<void>
  /** Sets what nobody has set yet; the first to come stays. */
  claimSetting: (key: string, value: string) => Promise<void>
}

export async function migrateAccounts<DB>(db: Kysely<DB>, kind: 'sqlite' | 'postgres'): Promise<void> {
  for (const statement of [...accountTables(kind), ...reminderTables(kind)])
    await sql.raw(statement).execute(db)
}

export function createAccounts<DB>(database: Kysely<DB>, kind: 'sqlite' | 'postgres'): Accounts {
  // One connection, seen as the tables this file knows.
  const db = database as unknown as Kysely<AccountTables>
  return {
    database: { db: database as unknown as Kysely<unknown>, type: kind },
    hasAccounts: async () => await db.selectFrom('auth_user').select('id').limit(1).executeTakeFirst() !== undefined,
    membershipsOf: userId => db.selectFrom('membership').select(['org', 'member']).where('user_id', '=', userId).orderBy('created_at').execute(),
    memberIn: async (userId, org) => (await db.selectFrom('membership').select('member').where('user_id', '=', userId).where('org', '=', org).executeTakeFirst())?.member,
    isTaken: async (org, member) => await db.selectFrom('membership').select('member').where('org', '=', org).where('member', '=', member).executeTakeFirst() !== undefined,
    addMembership: (userId, membership, now) => insertMembership(db, userId, membership, now),
    addInvite: async ({ hash, org, member, role, createdBy, expiresAt }) => {
      await db.insertInto('invite').values({ token_hash: hash, org, member, role, created_by: createdBy, expires_at: expiresAt, used_at: null, used_by: null }).execute()
    },
    openInvites: async (org, now) => {
      const rows = await db.selectFrom('invite').selectAll().where('org', '=', org).where('used_at', 'is', null).where('expires_at', '>', now).orderBy('expires_at').execute()
      return rows.map(toInvite)
    },
    inviteOf: hash => readInvite(db, hash),
    removeInvite: async (org, hash) => {
      const { numDeletedRows } = await db.deleteFrom('invite').where('org', '=', org).where('token_hash', '=', hash).executeTakeFirst()
      return numDeletedRows > 0n
    },
    removeInvitesOf: async (org, member) => {
      await db.deleteFrom('invite').where('org', '=', org).where('member', '=', member).execute()
    },
    claimInvite: (hash, userId, now) => db.transaction().execute(tx => claim(tx, hash, userId, now)),
    agentKeys: createAgentKeys(db),
    roomLinks: createRoomLinks(db),
    reminders: createReminderStore(db),
    setting: async key => (await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst())?.value,
    putSetting: async (key, value) => {
      await db.insertInto('setting').values({ key, value }).onConflict(c => c.column('key').doUpdateSet({ value })).execute()
    },
    claimSetting: async (key, value) => {
      await db.insertInto('setting').values({ key, value }).onConflict(c => c.doNothing()).execute()
    },
  }
}

type Db = Kysely<AccountTables> | Transaction<AccountTables>

async function claim(tx: Db, hash: string, userId: string, now: number): Promise<Claim> {
  const { numUpdatedRows } = await tx.updateTable('invite').set({ used_at: now, used_by: userId }).where('token_hash', '=', hash).where('used_at', 'is', null).where('expires_at', '>', now).executeTakeFirst()
  const invite = await readInvite(tx, hash)
  if (!invite)
    return 'invite-gone'
  if (numUpdatedRows === 0n)
    return invite.usedBy === userId ? invite : 'invite-gone'
  return join(tx, invite, userId, now)
}

/** A person already in the company keeps their place, and the invite stays open for whom it was meant. */
async function join(tx: Db, invite: Invite, userId: string, now: number): Promise<Claim> {
  if (await insertMembership(tx, userId, invite, now))
    return invite
  await tx.updateTable('invite').set({ used_at: null, used_by: null }).where('token_hash', '=', invite.hash).execute()
  const own = await tx.selectFrom('membership').select('member').where('org', '=', invite.org).where('user_id', '=', userId).executeTakeFirst()
  return own ? 'already-member' : 'invite-gone'
}

/** False where the person is in the company already, or somebody else is that member. */
async function insertMembership(db: Db, userId: string, { org, member }: Membership, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db.insertInto('membership').values({ user_id: userId, org, member, created_at: now }).onConflict(c => c.doNothing()).executeTakeFirst()
  return (numInsertedOrUpdatedRows ?? 0n) > 0n
}

async function readInvite(db: Db, hash: string): Promise<Invite | undefined> {
  const row = await db.selectFrom('invite').selectAll().where('token_hash', '=', hash).executeTakeFirst()
  return row && toInvite(row)
}

function toInvite(row: InviteRow): Invite {
  return {
    hash: row.token_hash,
    org: row.org,
    member: row.member,
    role: row.role as Role,
    createdBy: row.created_by,
    expiresAt: Number(row.expires_at),
    ...(row.used_at === null ? {} : { usedAt: Number(row.used_at) }),
    ...(row.used_by === null ? {} : { usedBy: row.used_by }),
  }
}
