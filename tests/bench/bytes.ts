import type { Entry } from '#shared/record/sheet.ts'
import type { TestPerson } from '../support/person.ts'
import type { Bench } from './bench.ts'
import type { Row } from './company.ts'
import type { Figure } from './report.ts'
import type { BenchServer } from './spawn.ts'
import { Buffer } from 'node:buffer'
import { cellKey } from '#shared/kpi/cell.ts'
import { sheetId } from '#shared/record/ids.ts'
import { aPerson } from '../support/person.ts'
import { aPhone, settled } from '../support/replica.ts'
import { inOrg, pushRows } from './company.ts'
import { cookieOf } from './lean.ts'
import { startBenchServer } from './spawn.ts'
import { openLine } from './streams.ts'
import { createWatch } from './watch.ts'

const quarter = '2026-Q4'
const weeks = Array.from({ length: 13 }, (_, n) => `2026-W${40 + n}`)

interface Sizes { up: number, down: number, frame: number }

/** What one score weighs on the wire, without headers: early in a quarter's sheet, and last. Sizes do not vary: one run. */
export async function measureBytes(_bench: Bench): Promise<Figure[]> {
  const server = await startBenchServer()
  const person = aPerson(server)
  await person.signUp()
  const place = await person.createOrg('Bytes')
  await pushRows(inOrg(person, place), companyOf(place.member))
  const sizes = await scoreAfterScore(server, person, place.member)
  await server.close()
  return [
    ...figuresOf('the first score of a quarter', sizes[0]),
    ...figuresOf('the seventh', sizes[6]),
    ...figuresOf('the last', sizes[12]),
  ]
}

/** Ids as long as the app's own. */
const seat = 'seat_0m5x2c9kqabcdefghijkl'
const kpi = 'kpi_0m5x2c9kqabcdefghijkl'

function companyOf(holder: string): Row[] {
  return [
    { kind: 'seat', id: seat, set: { kind: 'human', title: 'Sales', accountability: 'Sells', holder } },
    { kind: 'kpi', id: kpi, set: { seat, title: 'Offers', unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' } },
  ]
}

/** A whole phone enters a quarter, week by week; a stream beside it counts what each receiver gets. */
async function scoreAfterScore({ url }: BenchServer, person: TestPerson, member: string): Promise<Sizes[]> {
  const weighed: Sizes = { up: 0, down: 0, frame: 0 }
  const watch = createWatch(1)
  const line = await openLine(`${url}/api/sync/stream`, headersOf(person), (event) => {
    weighed.frame = Buffer.byteLength(event) + 2
    watch.read(event)
  })
  const phone = await aPhone(person, { through: send => weighing(send, weighed) })
  await settled(phone)
  const all: Sizes[] = []
  for (const [n, week] of weeks.entries()) {
    const field = cellKey(week, member)
    await watch.write(() => phone.put('sheet', sheetId(kpi, quarter), { [field]: { value: 40 + n, at: phone.now(), source: 'hand' } } as Record<`cell/${string}`, Entry>, { kpi, quarter }), field)
    await settled(phone)
    all.push({ ...weighed })
  }
  line.close()
  await phone.close()
  return all
}

function headersOf(person: TestPerson): Record<string, string> {
  return { ...person.headers, cookie: cookieOf(person) }
}

/** Bodies as they are sent: nothing under a kilobyte is compressed. */
function weighing(send: typeof fetch, weighed: Sizes): typeof fetch {
  return async (input, init) => {
    const answer = await send(input, init)
    if (String(input) !== '/api/sync/push')
      return answer
    weighed.up = Buffer.byteLength(String(init?.body))
    weighed.down = (await answer.clone().arrayBuffer()).byteLength
    return answer
  }
}

function figuresOf(which: string, sizes: Sizes | undefined): Figure[] {
  const { up, down, frame } = sizes ?? { up: Number.NaN, down: Number.NaN, frame: Number.NaN }
  return [
    { what: `${which}: up`, unit: 'bytes', median: up, aims: [{ of: 'median', most: 400 }] },
    { what: `${which}: back to the author`, unit: 'bytes', median: down },
    { what: `${which}: to each receiver`, unit: 'bytes', median: frame, aims: [{ of: 'median', most: 500 }] },
  ]
}
