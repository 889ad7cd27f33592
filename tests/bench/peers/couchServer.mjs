import process from 'node:process'
import express from 'express'
import createHandler from 'express-pouchdb'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import find from 'pouchdb-find'
import mapreduce from 'pouchdb-mapreduce'
import replication from 'pouchdb-replication'

/** A CouchDB-protocol server that keeps everything in memory and serves the page in `PAGE`; says its port on the first line. */
const Store = PouchDB.plugin(memory).plugin(mapreduce).plugin(replication).plugin(find).defaults({ adapter: 'memory' })
const app = express()
app.use('/page', express.static(process.env.PAGE ?? '.'))
app.use('/', createHandler(Store, { mode: 'minimumForPouchDB', inMemoryConfig: true, logPath: '/dev/null' }))
const listening = app.listen(0, '127.0.0.1', () => process.stdout.write(`${listening.address().port}\n`))
for (const end of ['SIGTERM', 'disconnect'])
  process.once(end, () => process.exit(0))
