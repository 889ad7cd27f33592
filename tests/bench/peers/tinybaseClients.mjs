import process from 'node:process'
import { createMergeableStore } from 'tinybase/mergeable-store'
import { createWsSynchronizer } from 'tinybase/synchronizers/synchronizer-ws-client'
import { WebSocket } from 'ws'

/** One store writes a cell, so many others wait for it, so many times; prints how long each took to see it, ms. */
const { url, readers, writes, warmUps } = JSON.parse(process.env.ASKED ?? '')
const took = []
const open = { word: '', since: 0, left: 0, done: () => {} }

async function join() {
  const store = createMergeableStore()
  const synchronizer = await createWsSynchronizer(store, new WebSocket(`${url.replace('http', 'ws')}/org`))
  await synchronizer.startSync()
  return store
}

const [writer, ...others] = await Promise.all(Array.from({ length: readers + 1 }, join))
for (const store of others) {
  store.addCellListener('scores', 'kpi', 'cell', (_store, _table, _row, _cell, value) => {
    if (value !== open.word || open.left === 0)
      return
    took.push(performance.now() - open.since)
    if (--open.left === 0)
      open.done()
  })
}
for (let write = -warmUps; write < writes; write++) {
  await new Promise((done) => {
    Object.assign(open, { word: crypto.randomUUID(), since: performance.now(), left: readers, done })
    writer.setCell('scores', 'kpi', 'cell', open.word)
  })
}
process.stdout.write(JSON.stringify(took.slice(warmUps * readers)), () => process.exit(0))
