import type { SourceChange } from '../changes.ts'
import type { Scenario } from './scenarios.ts'

/** One promise taken out of the code, and the smallest thing that must notice. */
export interface Mutant {
  changes: SourceChange[]
  caughtBy: Scenario
}

const one = (file: string, find: string, replace: string, caughtBy: Scenario): Mutant => ({ changes: [{ file, find, replace }], caughtBy })

// That a commit survives a power cut has mutants of its own, in the command that cuts the power.
export const mutants: Record<string, Mutant> = {
  'a writer\'s name stands over merged content': one('server/sync/applyRow.ts', 'const v = whole ? row.v : changed', 'const v = row.v > before.v ? row.v : changed', 'two fields apart, the later one offline'),
  'stamps from the future are taken': one('server/sync/refuseShape.ts', 'import { isAhead, maxAhead } from \'#shared/sync/stamp.ts\'', 'import { maxAhead } from \'#shared/sync/stamp.ts\'\nconst isAhead = (..._: unknown[]) => false', 'a clock a day ahead'),
  'stamps from the future are clamped': one('server/sync/applyRow.ts', '  const unfit = refuseShape(row, now)', `  const nowAs = (stamp: string) => Number.parseInt(stamp.slice(0, 9), 36) > now + 60_000 ? now.toString(36).padStart(9, '0') + stamp.slice(9) : stamp
  row = { ...row, v: nowAs(row.v), set: Object.fromEntries(Object.entries(row.set).map(([field, [value, stamp]]) => [field, [value, nowAs(stamp)]])) }
  const unfit = refuseShape(row, now)`, 'a clock a day ahead and answers lost'),
  'an equal value raises no stamp': one('shared/sync/merge.ts', '      merged.stamps[field] = stamp\n      merged.raised = true', '', 'the same value again'),
  'a patch holds all that is on the device': one('client/db/push.ts', 'set: Object.fromEntries(Object.entries(pend).map(([field, stamp]) => [field, [d[field] ?? null, stamp]]))', 'set: Object.fromEntries(Object.keys({ ...d, ...pend }).map(field => [field, [d[field] ?? null, pend[field] ?? v]]))', 'two fields apart'),
  'what came during a push is not served again': one('client/db/redelivery.ts', 'kept.set(doc.id, { doc, served: ended })', 'kept.delete(doc.id)', 'an update during a push'),
  'an unknown parent is refused at once': one('server/sync/applyRow.ts', 'return { id: row.id, later: true }', 'return refuse({ code: \'unknown-parent\' })', 'a child before its parent'),
  'an emptied field leaves no stamp': one('shared/sync/merge.ts', '    delete merged.body[field]\n  else\n    merged.body[field] = value\n  merged.stamps[field] = held !== undefined && held > stamp ? held : stamp', '    delete merged.body[field], delete merged.stamps[field]\n  else\n    merged.body[field] = value, merged.stamps[field] = held !== undefined && held > stamp ? held : stamp', 'an emptied field'),
  'ballots are shown at once': one('server/sync/sight.ts', 'doc.audience === \'\' || doc.audience === member', 'true', 'a ballot in an open round'),
  'acknowledged before the commit': one('server/sync/commit.ts', '  const { answers, sync, head } = await deps.store.write(tx => commitIn(tx, deps, actor, ordered))', `  const early = Promise.withResolvers<Awaited<ReturnType<typeof commitIn>>>()
  void deps.store.write(async (tx) => {
    early.resolve(await commitIn(tx, deps, actor, ordered))
    await new Promise(resolve => setTimeout(resolve, 50))
  })
  const { answers, sync, head } = await early.promise`, 'killed at the answer'),
  'a write overwrites blindly': one('shared/sync/merge.ts', '  return !isOlder || (kind === \'issue\' && isDrafting(merged, field))\n', '  return true\n', 'an older value arrives later'),
  'a sequence of the database is the cursor': {
    changes: [
      { file: 'server/store/postgres.ts', find: 'await migrateDocs(tx)', replace: 'await migrateDocs(tx), await sql`create sequence if not exists otp_seq`.execute(tx)' },
      { file: 'server/store/docs.ts', find: 'import type { Selectable } from \'kysely\'', replace: 'import { sql, type Selectable } from \'kysely\'' },
      { file: 'server/store/docs.ts', find: '      const row = await db.updateTable(\'org_sync\')\n', replace: `      const { rows } = await sql<{ n: number }>\`select nextval('otp_seq') as n from generate_series(1, \${count})\`.execute(db)
      await new Promise(resolve => setTimeout(resolve, Math.random() * 20))
      await db.updateTable('org_sync').set(eb => ({ seq: eb.fn('greatest', ['seq', eb.val(Number(rows.at(-1)?.n))]) })).where('org', '=', org).execute()
      if (rows[0])
        return Number(rows[0].n)
      const row = await db.updateTable('org_sync')\n` },
    ],
    caughtBy: 'many writers on PostgreSQL',
  },
  'no replay is recognised': one('server/sync/applyRow.ts', '    fate: (field, stamp) => {\n', '    fate: (field, stamp) => {\n      if (stamp) return undefined\n', 'an answer lost, and somebody wrote on it'),
  'pull asks for no company': one('server/store/docs.ts', 'where(\'org\', \'=\', org).where(\'coll\', \'=\', collection).where(\'seq\', \'>\', since)', 'where(\'coll\', \'=\', collection).where(\'seq\', \'>\', since)', 'another company writes'),
  'the stream asks for no company': one('server/store/docs.ts', 'where(\'org\', \'=\', org).where(\'seq\', \'>\', after)', 'where(\'seq\', \'>\', after)', 'another company writes'),
  // The library's own handler compares whole states where ours compares names. What it takes for changed goes the round
  // once more, and comes out the same: it costs work, never a record.
  'the library\'s own conflict handler': {
    changes: [
      { file: 'client/db/schema.ts', find: '  isEqual: (a, b) => a.v === b.v && Boolean(a._deleted) === Boolean(b._deleted),\n', replace: '  isEqual: defaultConflictHandler.isEqual as never,\n' },
      { file: 'client/db/schema.ts', find: 'import { indexOf } from', replace: 'import { defaultConflictHandler } from \'rxdb/plugins/core\'\nimport { indexOf } from' },
    ],
    caughtBy: 'what a device writes for one edit',
  },
  'a conflict is resolved in the phone\'s favour': one('client/db/schema.ts', 'resolve: async ({ realMasterState }) => realMasterState', 'resolve: async ({ newDocumentState }) => newDocumentState', 'an older value arrives later'),
  'what was taken as the app closed is not looked for': one('client/db/audit.ts', 'const isSetBack = isStart', 'const isSetBack = isStart && false', 'closed at the answer, with the clock set back'),
  'where to begin again is not noted': one('client/db/replication.ts', 'redelivery.isOpen() || redelivery.isHolding() ? Math.min', 'redelivery.isOpen() && false ? Math.min', 'closed before it was told again'),
  'a cursor from before the purge is served': one('server/sync/horizon.ts', 'if (at > 0 && at < sync.purgedSeq', 'if (at < 0 && at < sync.purgedSeq', 'away for longer than tombstones live'),
  'tabs do not tell each other': one('client/db/database.ts', '({ name, storage, multiInstance })', '({ name, storage, multiInstance: multiInstance && false })', 'two tabs, and the one that syncs is killed'),
  'requests have no timeout': one('client/db/http.ts', '  }, limit)', '  }, 1e9)', 'a request that is never answered'),
}
