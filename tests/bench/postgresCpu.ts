import { readdirSync, readFileSync } from 'node:fs'
import process from 'node:process'
import pg from 'pg'

/** CPU milliseconds of every process of a PostgreSQL cluster so far; undefined where the system does not tell. */
export async function postgresCpu(url: string): Promise<number | undefined> {
  if (process.platform !== 'linux')
    return undefined
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  const parent = statOf(String(rows[0]?.pid))?.parent
  const all = readdirSync('/proc').filter(name => /^\d+$/.test(name)).map(statOf)
  await client.end()
  const ticks = all.filter(stat => stat && (stat.parent === parent || stat.pid === parent)).reduce((sum, stat) => sum + (stat?.own ?? 0) + (stat?.children ?? 0), 0)
  return ticks * 10
}

/** Times are in ticks, a hundred a second on every Linux. */
function statOf(pid: string) {
  try {
    const [, rest = ''] = /\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    const fields = rest.split(' ')
    const sum = (...at: number[]) => at.reduce((total, field) => total + Number(fields[field]), 0)
    return { pid, parent: fields[1], own: sum(11, 12), children: sum(13, 14) }
  }
  catch {
    // It ended meanwhile.
    return undefined
  }
}
