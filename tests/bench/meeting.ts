import type { Entry } from '#shared/record/sheet.ts'
import type { Answer } from '../support/browser.ts'
import type { Phone } from '../support/replica.ts'
import type { Line } from './streams.ts'
import { cellKey } from '#shared/kpi/cell.ts'
import { sheetId } from '#shared/record/ids.ts'
import { anAgent } from '../support/agent.ts'
import { aPerson } from '../support/person.ts'
import { aPhone, settled } from '../support/replica.ts'
import { inOrg, pushRows } from './company.ts'
import { cookieOf } from './lean.ts'
import { startBenchServer } from './spawn.ts'
import { openLine } from './streams.ts'
import { createWatch, warmUps } from './watch.ts'

const [kpi, agentKpi, quarter, period] = ['kpi_seen', 'kpi_agent', '2026-Q4', '2026-W41']
const sheet = sheetId(kpi, quarter)
const aKpi = { unit: 'number', decimals: 0, better: 'up', cadence: 'week', rollUp: 'sum' }
const perMember = 5

/** One company with its streams and a few whole phones open. */
export interface Meeting {
  /** Milliseconds to each stream, and to each whole phone. */
  writeOnPhone: (writes: number) => Promise<[streams: number[], phones: number[]]>
  /** Without a phone: one push, as soon as the one before is everywhere. */
  pushBare: (writes: number) => Promise<number[]>
  /** An agent reports by REST: to each whole phone. */
  reportAsAgent: (writes: number) => Promise<number[]>
  close: () => Promise<void>
}

/** RxDB holds four replicas in a process: one writes, up to three read. */
export async function openMeeting(streams: number, readers: number): Promise<Meeting> {
  const server = await startBenchServer()
  const founder = aPerson(server)
  await founder.signUp()
  const place = await founder.createOrg('Seen')
  await pushRows(founder, [
    { kind: 'seat', id: 'seat_seen', set: { kind: 'human', title: 'Sales', accountability: 'Sells', holder: place.member } },
    { kind: 'seat', id: 'seat_agent', set: { kind: 'agent', title: 'Scout', accountability: 'Finds who to call', owner: place.member, stage: 'pilot', reportsTo: 'seat_seen' } },
    { kind: 'kpi', id: agentKpi, set: { ...aKpi, seat: 'seat_agent', title: 'Found' } },
    { kind: 'kpi', id: kpi, set: { ...aKpi, seat: 'seat_seen', title: 'Offers' } },
  ])
  const cell = (word: string): Record<`cell/${string}`, Entry> => ({ [cellKey(period, place.member)]: { value: 42, at: 1, source: 'hand', note: word } })
  const [onStreams, onPhones] = [createWatch(streams), createWatch(readers)]
  const lines: Line[] = []
  for (const headers of await membersOf(server, founder, Math.ceil(streams / perMember))) {
    for (let n = 0; n < perMember; n++)
      lines.push(await openLine(`${server.url}/api/sync/stream`, headers, onStreams.read))
  }
  const [writer, ...others] = await Promise.all(Array.from({ length: readers + 1 }, () => aPhone(founder))) as [Phone, ...Phone[]]
  await Promise.all([writer, ...others].map(settled))
  const shown = others.flatMap(phone => [sheet, sheetId(agentKpi, quarter)].map(id => phone.one(id).subscribe(found => onPhones.read(JSON.stringify(found?.d ?? '')))))
  const { body: { key } } = await founder.post(`/api/orgs/${place.org}/seats/seat_agent/keys`, { label: 'bench', scope: 'all' })
  const agent = anAgent(server.url, String(key))
  return {
    writeOnPhone: async (writes) => {
      for (let write = -warmUps; write < writes; write++) {
        const put = (word: string) => writer.put('sheet', sheet, cell(word), { kpi, quarter })
        await onPhones.write(word => onStreams.write(() => put(word), word))
        await settled(writer)
      }
      return [onStreams.take(), onPhones.take()]
    },
    pushBare: async (writes) => {
      for (let write = -warmUps; write < writes; write++)
        await onStreams.write(word => pushRows(inOrg(founder, place), [{ kind: 'sheet', id: sheet, set: { kpi, quarter, ...cell(word) } }]))
      return onStreams.take()
    },
    reportAsAgent: async (writes) => {
      for (let write = -warmUps; write < writes; write++)
        await onPhones.write(evidence => reported(agent.put(`/api/v1/kpis/${agentKpi}/scores/${period}`, { value: write, evidence })))
      return onPhones.take()
    },
    close: async () => {
      lines.forEach(line => line.close())
      shown.forEach(subscription => subscription.unsubscribe())
      await Promise.all([writer, ...others].map(phone => phone.close()))
      await server.close()
    },
  }
}

async function reported(answer: Promise<Answer>): Promise<void> {
  const { status, body } = await answer
  if (status !== 200)
    throw new Error(`report was not taken: ${status} ${JSON.stringify(body)}`)
}

/** So many new members of the founder's company; what each sends with a request. */
async function membersOf(server: { url: string }, founder: ReturnType<typeof aPerson>, count: number): Promise<Record<string, string>[]> {
  const all: Record<string, string>[] = []
  while (all.length < count) {
    const { token } = await founder.invite()
    const person = aPerson(server)
    await person.signUp()
    await person.join(token)
    all.push({ ...person.headers, cookie: cookieOf(person) })
  }
  return all
}
