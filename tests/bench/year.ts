import type { Bench } from './bench.ts'
import type { Figure } from './report.ts'
import type { Stage } from './stage.ts'
import { barePuts } from './barePuts.ts'
import { startCouch } from './couch.ts'
import { median } from './report.ts'
import { coldSync, openStage } from './stage.ts'

/** A company's year to a fresh browser: through us, through the CouchDB protocol, and its documents put bare. */
export async function measureYear(bench: Bench): Promise<Figure[]> {
  const stage = await openStage(bench)
  const sheets = bench.peers ? await startCouch(stage.rows, false) : undefined
  const ours: number[] = []
  const bare: number[] = []
  const theirs: number[] = []
  for (let run = 0; run < bench.runs; run++) {
    const context = await stage.device()
    ours.push(await coldSync(context, stage.server.url))
    bare.push(await barePuts(context, stage.server.url, stage.rows))
    await context.close()
    if (sheets)
      theirs.push(await sheets.coldSync(stage.browser))
  }
  await sheets?.close()
  const perScore = bench.peers ? await scoreByScore(stage) : []
  await stage.close()
  return figuresOf(stage.rows.length, { ours: median(ours), bare: median(bare), theirs, perScore })
}

/** Once is enough: it takes many times as long as everything else. */
async function scoreByScore({ rows, browser }: Stage): Promise<number[]> {
  const couch = await startCouch(rows, true)
  const took = await couch.coldSync(browser)
  await couch.close()
  return [took]
}

function figuresOf(documents: number, { ours, bare, theirs, perScore }: { ours: number, bare: number, theirs: number[], perScore: number[] }): Figure[] {
  const own = 'a company\'s year to a whole scorecard, fresh browser'
  const peer = 'the same through express-pouchdb and RxDB\'s CouchDB replication'
  const ratio = (others: number[]) => median(others) / ours
  return [
    { what: `${documents.toLocaleString('en')} documents put bare into IndexedDB`, unit: 'ms', median: bare },
    { what: own, unit: 'ms', median: ours, ratio: bare / ours, against: 'the speed of bare puts', aims: [{ of: 'ratio', least: 0.4 }] },
    ...theirs.length > 0 ? [{ what: `${peer}, the same documents`, unit: 'ms', median: median(theirs), ratio: ratio(theirs), against: 'our time', aims: [{ of: 'ratio' as const, least: 5 }] }] : [],
    ...perScore.length > 0 ? [{ what: `${peer}, one document a score (one run)`, unit: 'ms', median: median(perScore), ratio: ratio(perScore), against: 'our time' }] : [],
  ]
}
