import type { Usage } from './spawn.ts'
import process from 'node:process'
import { readConfig } from '../../server/config.ts'
import { defaultLimits } from '../../server/http/limits.ts'
import { createLog } from '../../server/ops/log.ts'
import { serve } from '../../server/serve.ts'

/** The real server in a process of its own, counting nobody's requests; says its port on the first line, and what it uses when asked. */
const config = readConfig(process.env)
const limits = Object.fromEntries(Object.keys(defaultLimits).map(name => [name, [1e9, 60]])) as unknown as typeof defaultLimits
const running = await serve(config, { log: createLog('silent'), now: Date.now, limits })
process.stdout.write(`${running.port}\n`)
process.on('message', ({ collect }: { collect: boolean }) => {
  const { user, system } = process.cpuUsage()
  if (collect)
    Array.from({ length: 3 }, () => globalThis.gc?.())
  const { rss, heapUsed, external } = process.memoryUsage()
  process.send?.({ cpu: (user + system) / 1000, rss, heap: heapUsed + external } satisfies Usage)
})
for (const end of ['SIGTERM', 'disconnect'])
  process.once(end, () => void running.stop().then(() => process.exit(0)))
