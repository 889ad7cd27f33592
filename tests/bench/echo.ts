import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:http'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import SQLite from 'better-sqlite3'

/** The least a stream can be: what is posted goes to every open stream, after one committed row where `FOLDER` is given. */
const streams = new Set<ServerResponse>()
const commit = process.env.FOLDER ? committer(process.env.FOLDER) : () => {}

const server = createServer(async (req, res) => {
  if (req.method === 'GET') {
    streams.add(res)
    res.once('close', () => streams.delete(res))
    return res.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: hello\n\n')
  }
  const body = await text(req)
  commit(body)
  streams.forEach(stream => stream.write(`data: ${body}\n\n`))
  res.end('{}')
})
server.listen(0, '127.0.0.1', () => process.stdout.write(`${(server.address() as AddressInfo).port}\n`))
for (const end of ['SIGTERM', 'disconnect'])
  process.once(end, () => process.exit(0))

function committer(folder: string) {
  const file = new SQLite(join(folder, 'echo.db'))
  file.pragma('journal_mode = WAL')
  file.pragma('synchronous = FULL')
  file.exec('create table doc (id integer primary key, body text)')
  const insert = file.prepare('insert into doc (body) values (?)')
  return (body: string) => void insert.run(body)
}
