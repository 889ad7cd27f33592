import type { RxReplicationWriteToMasterRow } from 'rxdb'
import type { Observable } from 'rxjs'
import type { Checkpoint } from '../../../client/db/replication.ts'
import type { Stored } from '../../../client/db/schema.ts'
import type { Doc, Fork, Meta, Row } from './disk.ts'
import { conflictHandler } from '../../../client/db/schema.ts'

interface Options {
  collection: Fork
  retryTime: number
  pull: { batchSize: number, stream$: Observable<'RESYNC'>, handler: (checkpoint: Checkpoint | undefined, limit: number) => Promise<{ documents: Doc[], checkpoint: Checkpoint }> }
  push: { batchSize: number, handler: (rows: RxReplicationWriteToMasterRow<Stored>[]) => Promise<Doc[]> }
}

interface Run { options: Options, over: boolean, asked: number, streamQueue: { up: Promise<unknown>, down: Promise<unknown> } }

const isEqual = (a: Doc, b: Doc) => conflictHandler.isEqual(a, b, '')

/**
 * RxDB's replication as its source has it, over plain maps: one queue up, one down; what came down while a local
 * write was open is skipped for good; conflicts are resolved on the way up, and the resolved state goes up once more.
 */
export function replicateRxCollection(options: Options) {
  const run: Run = { options, over: false, asked: 0, streamQueue: { up: Promise.resolve(), down: Promise.resolve() } }
  const open: (Row | 'all')[] = ['all']
  const up = () => run.streamQueue.up = run.streamQueue.up.then(async () => {
    while (open.length > 0 && !run.over) {
      const tasks = open.splice(0)
      await (tasks.includes('all') ? pushAll(run) : pushRows(run, tasks as Row[]))
    }
  })
  // Who asks before a request that leaves later is answered by that request.
  const down = () => {
    const { asked } = run
    return run.streamQueue.down = run.streamQueue.down.then(() => asked === run.asked ? pullAll(run) : undefined)
  }
  const subs = [
    options.collection.changes.subscribe((row) => {
      open.push(row)
      void up()
    }),
    options.pull.stream$.subscribe(async () => {
      open.push('all')
      await up()
      void down()
    }),
  ]
  const first = Promise.all([up(), down()])
  return {
    internalReplicationState: Object.assign(run, { disk: options.collection.disk, now: options.collection.now }),
    awaitInSync: async () => {
      await first
      await Promise.all([run.streamQueue.up, run.streamQueue.down])
    },
    cancel: async () => {
      run.over = true
      subs.forEach(sub => sub.unsubscribe())
    },
  }
}

/** How far the look for edits had come, counted from now: every phone of the model has a clock of its own. */
export async function getLastCheckpointDoc({ disk, now }: Pick<Fork, 'disk' | 'now'>) {
  return { lwt: disk.up - now() }
}

export function now() {
  return 0
}

/** The server's state of these records as RxDB believes it to be. */
export async function getAssumedMasterState({ disk }: { disk: Fork['disk'] }, ids: string[]) {
  return Object.fromEntries(ids.flatMap(id => disk.metas.has(id) ? [[id, { docData: disk.metas.get(id)?.doc }]] : []))
}

async function patiently<T>(run: Run, ask: () => Promise<T>): Promise<T | undefined> {
  while (!run.over) {
    try {
      return await ask()
    }
    catch {
      const waited = Promise.withResolvers<void>()
      setTimeout(waited.resolve, run.options.retryTime)
      await waited.promise
    }
  }
  return undefined
}

async function pullAll(run: Run): Promise<void> {
  const { collection: { disk }, pull } = run.options
  while (!run.over) {
    run.asked++
    const page = await patiently(run, () => pull.handler(disk.down, pull.batchSize))
    if (run.over || !page || page.documents.length === 0)
      return
    for (const doc of page.documents)
      await takeDown(run, doc)
    disk.down = page.checkpoint
    if (page.documents.length < pull.batchSize)
      return
  }
}

async function takeDown(run: Run, master: Doc): Promise<void> {
  const { collection } = run.options
  const { rows, metas } = collection.disk
  if (metas.has(master.id) && metas.get(master.id)?.resolved === rows.get(master.id)?.rev)
    await run.streamQueue.up
  const [row, meta] = [rows.get(master.id), metas.get(master.id)]
  const known = row && meta ? isEqual(meta.doc, row.doc) : false
  if (run.over || (row && !known && row.origin !== row.rev))
    return
  if (row && isEqual(master, row.doc)) {
    if (!known)
      metas.set(master.id, { doc: row.doc })
  }
  else if (collection.write(master, row, true)) {
    metas.set(master.id, { doc: master })
  }
}

async function pushAll(run: Run): Promise<void> {
  const { disk } = run.options.collection
  const news = [...disk.rows.values()].filter(row => row.lwt > disk.up).sort((a, b) => a.lwt - b.lwt)
  if (await pushRows(run, news))
    await pushAll(run)
}

const rowOf = (doc: Doc, meta: Meta | undefined) => ({ newDocumentState: structuredClone(doc), ...meta && { assumedMasterState: meta.doc } }) as RxReplicationWriteToMasterRow<Stored>

/** Answers whether the server had other states, which are now this device's. */
async function pushRows(run: Run, changed: Row[]): Promise<boolean> {
  const { collection: { disk }, push } = run.options
  const newest = new Map(changed.map(row => [row.doc.id, row]))
  const rows = [...newest.values()].filter(({ doc, rev }) => {
    const meta = disk.metas.get(doc.id)
    return !meta || meta.resolved === rev || !isEqual(meta.doc, doc)
  })
  const batches = Array.from({ length: Math.ceil(rows.length / push.batchSize) }, (_, n) => rows.slice(n * push.batchSize, (n + 1) * push.batchSize))
  const answers = await Promise.all(batches.map(batch => patiently(run, () => push.handler(batch.map(({ doc }) => rowOf(doc, disk.metas.get(doc.id)))))))
  if (run.over)
    return false
  const masters = new Map(answers.flatMap(answer => answer ?? []).map(doc => [doc.id, doc]))
  let hadConflicts = false
  for (const row of rows) {
    const master = masters.get(row.doc.id)
    if (master)
      hadConflicts = await takeOver(run.options.collection, row, master) || hadConflicts
    else
      disk.metas.set(row.doc.id, { doc: row.doc })
  }
  disk.up = Math.max(disk.up, ...changed.map(({ lwt }) => lwt))
  return hadConflicts
}

async function takeOver({ disk, write }: Fork, row: Row, realMasterState: Doc): Promise<boolean> {
  const resolved = await conflictHandler.resolve({ newDocumentState: row.doc, realMasterState } as never, '')
  const written = write(resolved, row)
  if (written)
    disk.metas.set(row.doc.id, { doc: realMasterState, resolved: written.rev })
  return written !== undefined
}
