import type { Bench } from './bench.ts'
import type { ColdSync } from './coldSync.ts'
import type { Figure } from './report.ts'
import type { Stage } from './stage.ts'
import { barePuts } from './barePuts.ts'
import { coldSync } from './coldSync.ts'
import { startCouch } from './couch.ts'
import { median } from './report.ts'
import { openStage } from './stage.ts'

interface Taken { ours: ColdSync[], bare: number[], sheets: number[], scores: number[] }

/** A company's year to a fresh browser: through us, through the CouchDB protocol, and its documents put bare. */
export async function measureYear(bench: Bench): Promise<Figure[]> {
  const stage = await openStage(bench)
  const couch = bench.peers ? await startCouch(stage.rows, false) : undefined
  const taken: Taken = { ours: [], bare: [], sheets: [], scores: [] }
  for (let run = 0; run < bench.runs; run++) {
    const context = await stage.device()
    taken.ours.push(await coldSync(context, stage))
    taken.bare.push(await barePuts(context, stage.server.url, stage.rows))
    await context.close()
    if (couch)
      taken.sheets.push(await couch.coldSync(stage.browser))
  }
  await couch?.close()
  // Once is enough: it takes many times as long as everything else.
  if (bench.peers)
    taken.scores.push(await scoreByScore(stage))
  await stage.close()
  return figuresOf(stage.rows.length, taken)
}

async function scoreByScore({ rows, browser }: Stage): Promise<number> {
  const couch = await startCouch(rows, true)
  const took = await couch.coldSync(browser)
  await couch.close()
  return took
}

function figuresOf(documents: number, { ours, bare, sheets, scores }: Taken): Figure[] {
  const usable = median(ours.map(sync => sync.usable))
  const whole = median(ours.map(sync => sync.whole))
  const own = (what: string, ms: number): Figure => ({ what, unit: 'ms', median: ms, ratio: median(bare) / ms, against: 'the speed of bare puts', aims: [{ of: 'ratio', least: 0.4 }] })
  const peer = (what: string, took: number[], ms: number, than: string): Figure[] => took.length === 0
    ? []
    : [{ what, unit: 'ms', median: median(took), ratio: median(took) / ms, against: than, aims: [{ of: 'ratio', least: 5 }] }]
  return [
    { what: `${documents.toLocaleString('en')} documents put bare into IndexedDB`, unit: 'ms', median: median(bare) },
    own('a company\'s year: fresh browser to a scorecard full of numbers', usable),
    own('a company\'s year: fresh browser to every record on the device', whole),
    ...peer('express-pouchdb and RxDB, the same documents, to all shown', sheets, usable, 'our usable scorecard'),
    ...peer('the same, against all', sheets, whole, 'our every record'),
    ...peer('express-pouchdb and RxDB, a document for each score, to all shown (one run)', scores, usable, 'our usable scorecard'),
    ...peer('the same, against all', scores, whole, 'our every record'),
  ]
}
