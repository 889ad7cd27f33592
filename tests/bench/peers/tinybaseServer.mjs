import process from 'node:process'
import { createWsServer } from 'tinybase/synchronizers/synchronizer-ws-server'
import { WebSocketServer } from 'ws'

/** TinyBase's own server, as it comes: it passes on, and keeps nothing. Says its port on the first line. */
const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' }, () => process.stdout.write(`${sockets.address().port}\n`))
createWsServer(sockets)
for (const end of ['SIGTERM', 'disconnect'])
  process.once(end, () => process.exit(0))
