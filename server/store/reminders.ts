import type { Kysely } from 'kysely'

/** Where one browser of one person takes messages. The endpoint is a secret: whoever knows it can write to that browser. */
export interface Device {
  org: string
  member: string
  user: string
  /** The sign-in it was told in. */
  session: string
  endpoint: string
  p256dh: string
  auth: string
}

/** One person and one meeting. */
export interface ReminderOf { org: string, member: string, meeting: string }

/** Who wants to be reminded, on which devices, and of which meetings that has been seen to. */
export interface Reminders {
  /** Undefined where nobody ever asked them. */
  wish: (org: string, member: string) => Promise<boolean | undefined>
  setWish: (org: string, member: string, on: boolean, now: number) => Promise<void>
  /** Puts a device under a person, whoever had it before, and lets go of the oldest beyond `most`. */
  keep: (device: Device, hash: string, now: number, most: number) => Promise<void>
  drop: (org: string, member: string, hash: string) => Promise<void>
  dropSession: (session: string) => Promise<void>
  dropMember: (org: string, member: string) => Promise<void>
  dropOrg: (org: string) => Promise<void>
  /** Newest first. */
  devicesOf: (org: string, member: string) => Promise<(Device & { hash: string })[]>
  /** A push service says there is no such browser any more. */
  forget: (hash: string) => Promise<void>
  noteOutcome: (org: string, hash: string, sent: boolean, now: number) => Promise<void>
  /** The orgs in which somebody has a device. */
  orgs: () => Promise<string[]>
  /** Members with a device who wish to be reminded. */
  listeners: (org: string) => Promise<string[]>
  seenTo: (org: string, meeting: string) => Promise<string[]>
  /** True for the one process that may remind: before it sends, so that a crash says nothing rather than twice. */
  claim: (reminder: ReminderOf, now: number) => Promise<boolean>
  forgetClaims: (before: number) => Promise<void>
}

interface Tables {
  push_device: { org: string, hash: string, member: string, user_id: string, session: string, endpoint: string, p256dh: string, auth: string, created_at: number, sent_at: number | null, failed_at: number | null }
  push_wish: { org: string, member: string, wished: number, at: number }
  reminder: { org: string, member: string, meeting: string, at: number }
}

/** The statements that make the tables; each may run any number of times. */
export function reminderTables(kind: 'sqlite' | 'postgres'): string[] {
  const time = kind === 'sqlite' ? 'integer' : 'bigint'
  return [
    `create table if not exists push_device (org text not null, hash text not null, member text not null, user_id text not null,
      session text not null, endpoint text not null, p256dh text not null, auth text not null, created_at ${time} not null,
      sent_at ${time}, failed_at ${time}, primary key (org, hash))`,
    `create index if not exists push_device_member on push_device (org, member)`,
    `create index if not exists push_device_hash on push_device (hash)`,
    `create index if not exists push_device_session on push_device (session)`,
    `create table if not exists push_wish (org text not null, member text not null, wished integer not null, at ${time} not null, primary key (org, member))`,
    `create table if not exists reminder (org text not null, member text not null, meeting text not null, at ${time} not null, primary key (org, meeting, member))`,
    `create index if not exists reminder_at on reminder (at)`,
  ]
}

export function createReminderStore<DB>(database: Kysely<DB>): Reminders {
  // One connection, seen as the tables this file knows.
  const db = database as unknown as Kysely<Tables>
  return {
    ...wishes(db),
    ...devices(db),
    ...claims(db),
    orgs: async () => (await db.selectFrom('push_device').select('org').distinct().execute()).map(({ org }) => org),
    listeners: async org => (await db.selectFrom('push_device as device').innerJoin('push_wish as wish', join => join.onRef('wish.org', '=', 'device.org').onRef('wish.member', '=', 'device.member')).select('device.member').distinct().where('device.org', '=', org).where('wish.wished', '=', 1).orderBy('device.member').execute()).map(({ member }) => member),
  }
}

function wishes(db: Kysely<Tables>): Pick<Reminders, 'wish' | 'setWish'> {
  return {
    wish: async (org, member) => {
      const row = await db.selectFrom('push_wish').select('wished').where('org', '=', org).where('member', '=', member).executeTakeFirst()
      return row && row.wished === 1
    },
    setWish: async (org, member, on, at) => {
      const wished = on ? 1 : 0
      await db.insertInto('push_wish').values({ org, member, wished, at }).onConflict(c => c.columns(['org', 'member']).doUpdateSet({ wished, at })).execute()
    },
  }
}

function devices(db: Kysely<Tables>): Pick<Reminders, 'keep' | 'drop' | 'dropSession' | 'dropMember' | 'dropOrg' | 'devicesOf' | 'forget' | 'noteOutcome'> {
  const gone = () => db.deleteFrom('push_device')
  return {
    keep: ({ org, member, user, session, endpoint, p256dh, auth }, hash, now, most) => db.transaction().execute(async (tx) => {
      const row = { member, user_id: user, session, endpoint, p256dh, auth }
      await tx.deleteFrom('push_device').where('hash', '=', hash).where('user_id', '!=', user).execute()
      await tx.insertInto('push_device').values({ ...row, org, hash, created_at: now, sent_at: null, failed_at: null }).onConflict(c => c.columns(['org', 'hash']).doUpdateSet(row)).execute()
      const older = await tx.selectFrom('push_device').select('hash').where('org', '=', org).where('member', '=', member).where('hash', '!=', hash).orderBy('created_at', 'desc').orderBy('hash').execute()
      for (const { hash: last } of older.slice(most - 1))
        await tx.deleteFrom('push_device').where('org', '=', org).where('hash', '=', last).execute()
    }),
    drop: async (org, member, hash) => void await gone().where('org', '=', org).where('member', '=', member).where('hash', '=', hash).execute(),
    dropSession: async session => void await gone().where('session', '=', session).execute(),
    dropMember: async (org, member) => void await gone().where('org', '=', org).where('member', '=', member).execute(),
    dropOrg: async org => void await gone().where('org', '=', org).execute(),
    devicesOf: async (org, member) =>
      (await db.selectFrom('push_device').selectAll().where('org', '=', org).where('member', '=', member).orderBy('created_at', 'desc').orderBy('hash').execute())
        .map(({ hash, user_id, session, endpoint, p256dh, auth }) => ({ org, member, user: user_id, hash, session, endpoint, p256dh, auth })),
    forget: async hash => void await gone().where('hash', '=', hash).execute(),
    noteOutcome: async (org, hash, sent, at) => void await db.updateTable('push_device').set(sent ? { sent_at: at } : { failed_at: at }).where('org', '=', org).where('hash', '=', hash).execute(),
  }
}

function claims(db: Kysely<Tables>): Pick<Reminders, 'seenTo' | 'claim' | 'forgetClaims'> {
  return {
    seenTo: async (org, meeting) => (await db.selectFrom('reminder').select('member').where('org', '=', org).where('meeting', '=', meeting).execute()).map(({ member }) => member),
    claim: async (reminder, at) => {
      const { numInsertedOrUpdatedRows } = await db.insertInto('reminder').values({ ...reminder, at }).onConflict(c => c.doNothing()).executeTakeFirst()
      return (numInsertedOrUpdatedRows ?? 0n) > 0n
    },
    forgetClaims: async before => void await db.deleteFrom('reminder').where('at', '<', before).execute(),
  }
}
