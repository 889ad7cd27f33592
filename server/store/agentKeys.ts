import type { Kysely } from 'kysely'
import type { AccountTables, AgentKeyRow } from './accountTables.ts'

/** What a key may do of all its seat may: `read`, or everything. */
export type KeyScope = 'read' | 'all'

/** The way in of one agent's seat. The key itself is told once; `hash` is its SHA-256, base64url. */
export interface AgentKey {
  /** Its name in lists; not a secret. */
  id: string
  org: string
  seat: string
  hash: string
  label: string
  scope: KeyScope
  createdBy: string
  createdAt: number
  lastUsedAt?: number
  revokedAt?: number
  /** The newest thing it was refused. */
  refused?: { at: number, code: string }
}

/** The keys of agents' seats. Whether a seat is at work is not kept here: it is read from its record on every call. */
export interface AgentKeys {
  add: (key: AgentKey) => Promise<void>
  /** Newest first, the revoked ones too. */
  ofSeat: (org: string, seat: string) => Promise<AgentKey[]>
  byHash: (hash: string) => Promise<AgentKey | undefined>
  /** False where there is no such key that still opens. */
  revoke: (key: Pick<AgentKey, 'org' | 'seat' | 'id'>, by: string, now: number) => Promise<boolean>
  noteUse: (id: string, now: number) => Promise<void>
  noteRefusal: (id: string, code: string, now: number) => Promise<void>
}

export function createAgentKeys(db: Kysely<AccountTables>): AgentKeys {
  return {
    add: async ({ id, org, seat, hash, label, scope, createdBy, createdAt }) => {
      await db.insertInto('agent_key').values({ id, org, seat, hash, label, scope, created_by: createdBy, created_at: createdAt, last_used_at: null, revoked_at: null, revoked_by: null, refused_at: null, refused_code: null }).execute()
    },
    ofSeat: async (org, seat) =>
      (await db.selectFrom('agent_key').selectAll().where('org', '=', org).where('seat', '=', seat).orderBy('created_at', 'desc').orderBy('id').execute()).map(toKey),
    byHash: async (hash) => {
      const row = await db.selectFrom('agent_key').selectAll().where('hash', '=', hash).executeTakeFirst()
      return row && toKey(row)
    },
    revoke: async ({ org, seat, id }, by, now) => {
      const { numUpdatedRows } = await db.updateTable('agent_key').set({ revoked_at: now, revoked_by: by }).where('org', '=', org).where('seat', '=', seat).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
      return numUpdatedRows > 0n
    },
    noteUse: async (id, now) => {
      await db.updateTable('agent_key').set({ last_used_at: now }).where('id', '=', id).execute()
    },
    noteRefusal: async (id, code, now) => {
      await db.updateTable('agent_key').set({ refused_at: now, refused_code: code }).where('id', '=', id).execute()
    },
  }
}

function toKey(row: AgentKeyRow): AgentKey {
  return {
    id: row.id,
    org: row.org,
    seat: row.seat,
    hash: row.hash,
    label: row.label,
    scope: row.scope === 'read' ? 'read' : 'all',
    createdBy: row.created_by,
    createdAt: Number(row.created_at),
    ...(row.last_used_at === null ? {} : { lastUsedAt: Number(row.last_used_at) }),
    ...(row.revoked_at === null ? {} : { revokedAt: Number(row.revoked_at) }),
    ...(row.refused_at === null ? {} : { refused: { at: Number(row.refused_at), code: row.refused_code ?? '' } }),
  }
}
