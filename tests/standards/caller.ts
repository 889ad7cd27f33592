/** A program by somebody who has nothing but the document and a generator: it reads its seat, reports a number, and is refused one that is not its own. */
export const callerSource = `
import type { paths } from './schema.ts'
import createClient from 'openapi-fetch'

declare const process: { env: Record<'API' | 'KEY', string>, exit: () => never }

const client = createClient<paths>({ baseUrl: process.env.API, headers: { authorization: \`Bearer \${process.env.KEY}\` } })
const { data: seat } = await client.GET('/seat')
const kpi = seat?.kpis[0]
const period = kpi?.periods.at(-2)?.period
if (!kpi || !period)
  process.exit()
const report = (id: string) => client.PUT('/kpis/{kpi}/scores/{period}', { params: { path: { kpi: id, period } }, body: { value: 12, evidence: 'CRM' } })
const mine = await report(kpi.id)
const theirs = await report('kpi_revenue')
const issue = await client.POST('/issues', { body: { title: 'Late' } })
const issues = await client.GET('/issues')
// @ts-expect-error a score is a number
void (() => client.PUT('/kpis/{kpi}/scores/{period}', { params: { path: { kpi: kpi.id, period } }, body: { value: 'many' } }))
// @ts-expect-error there is no such path
void (() => client.GET('/seats'))
// @ts-expect-error words come in quotes, never bare
const words: string = seat.accountability
console.log(JSON.stringify({ stage: seat.stage, says: seat.accountability.text, untrusted: seat.accountability.untrusted, words, mine: mine.data, theirs: theirs.error?.code, raised: issue.data?.changed, issues: issues.data?.issues.map(one => one.title.text) }))
`
