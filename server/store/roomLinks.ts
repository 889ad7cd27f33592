import type { Kysely } from 'kysely'
import type { AccountTables } from './accountTables.ts'

/** What opens the screen of one meeting's room to whoever has its link. `hash` is the token's SHA-256, base64url. */
export interface RoomLink { org: string, meeting: string, hash: string, createdBy: string, createdAt: number }

/** One link a meeting. Whether the meeting is over is not kept here: it is read from its record. */
export interface RoomLinks {
  /** The one before it opens nothing any more; answers its hash. */
  put: (link: RoomLink) => Promise<string | undefined>
  byHash: (hash: string) => Promise<RoomLink | undefined>
  /** Answers the hash that opens nothing any more. */
  remove: (org: string, meeting: string) => Promise<string | undefined>
  /** Those made before then, which would open nothing. */
  removeOld: (before: number) => Promise<void>
}

export function createRoomLinks(db: Kysely<AccountTables>): RoomLinks {
  const hashOf = async (org: string, meeting: string) =>
    (await db.selectFrom('room_link').select('token_hash').where('org', '=', org).where('meeting', '=', meeting).executeTakeFirst())?.token_hash
  return {
    put: async ({ org, meeting, hash, createdBy, createdAt }) => {
      const before = await hashOf(org, meeting)
      const made = { token_hash: hash, created_by: createdBy, created_at: createdAt }
      await db.insertInto('room_link').values({ org, meeting, ...made }).onConflict(c => c.columns(['org', 'meeting']).doUpdateSet(made)).execute()
      return before
    },
    byHash: async (hash) => {
      const row = await db.selectFrom('room_link').selectAll().where('token_hash', '=', hash).executeTakeFirst()
      return row && { org: row.org, meeting: row.meeting, hash: row.token_hash, createdBy: row.created_by, createdAt: Number(row.created_at) }
    },
    remove: async (org, meeting) => {
      const before = await hashOf(org, meeting)
      await db.deleteFrom('room_link').where('org', '=', org).where('meeting', '=', meeting).execute()
      return before
    },
    removeOld: async (before) => {
      await db.deleteFrom('room_link').where('created_at', '<', before).execute()
    },
  }
}
