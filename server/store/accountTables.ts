/** Who holds an account, in which company, as which member. Times are milliseconds since 1970. */
export interface AccountTables {
  membership: { user_id: string, org: string, member: string, created_at: number }
  invite: InviteRow
  agent_key: AgentKeyRow
  room_link: RoomLinkRow
  setting: { key: string, value: string }
  auth_user: { id: string, email: string }
}

export interface InviteRow {
  token_hash: string
  org: string
  member: string
  role: string
  created_by: string
  expires_at: number
  used_at: number | null
  used_by: string | null
}

export interface AgentKeyRow {
  id: string
  org: string
  seat: string
  hash: string
  label: string
  scope: string
  created_by: string
  created_at: number
  last_used_at: number | null
  revoked_at: number | null
  revoked_by: string | null
  refused_at: number | null
  refused_code: string | null
}

export interface RoomLinkRow {
  org: string
  meeting: string
  token_hash: string
  created_by: string
  created_at: number
}

/** The statements that make the account tables; each may run any number of times. */
export function accountTables(kind: 'sqlite' | 'postgres'): string[] {
  const time = kind === 'sqlite' ? 'integer' : 'bigint'
  return [
    ...signInTables(kind),
    `create table if not exists membership (user_id text not null, org text not null, member text not null,
      created_at ${time} not null, primary key (user_id, org), unique (org, member))`,
    `create table if not exists invite (token_hash text not null primary key, org text not null, member text not null,
      role text not null, created_by text not null, expires_at ${time} not null, used_at ${time}, used_by text)`,
    `create index if not exists invite_org on invite (org)`,
    `create table if not exists agent_key (id text not null primary key, org text not null, seat text not null, hash text not null unique,
      label text not null, scope text not null, created_by text not null, created_at ${time} not null, last_used_at ${time},
      revoked_at ${time}, revoked_by text, refused_at ${time}, refused_code text)`,
    `create index if not exists agent_key_seat on agent_key (org, seat)`,
    `create table if not exists room_link (org text not null, meeting text not null, token_hash text not null unique,
      created_by text not null, created_at ${time} not null, primary key (org, meeting))`,
    `create table if not exists setting (key text not null primary key, value text not null)`,
  ]
}

/** What the sign-in library keeps, in its own column names and types; it checks them at every start. */
function signInTables(kind: 'sqlite' | 'postgres'): string[] {
  const date = kind === 'sqlite' ? 'date' : 'timestamptz'
  const flag = kind === 'sqlite' ? 'integer' : 'boolean'
  const times = `"createdAt" ${date} not null, "updatedAt" ${date} not null`
  const user = `"userId" text not null references auth_user (id) on delete cascade`
  return [
    `create table if not exists auth_user (id text not null primary key, name text not null, email text not null unique,
      "emailVerified" ${flag} not null, image text, ${times})`,
    `create table if not exists auth_session (id text not null primary key, "expiresAt" ${date} not null,
      token text not null unique, "ipAddress" text, "userAgent" text, ${user}, ${times})`,
    `create table if not exists auth_account (id text not null primary key, "accountId" text not null, "providerId" text not null,
      ${user}, "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" ${date},
      "refreshTokenExpiresAt" ${date}, scope text, password text, ${times})`,
    `create table if not exists auth_verification (id text not null primary key, identifier text not null, value text not null,
      "expiresAt" ${date} not null, ${times})`,
    `create index if not exists "auth_session_userId_idx" on auth_session ("userId")`,
    `create index if not exists "auth_account_userId_idx" on auth_account ("userId")`,
    `create index if not exists auth_verification_identifier_idx on auth_verification (identifier)`,
  ]
}
