import type { Chart } from '#shared/chart/tree.ts'
import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { accountableOf, holderOf, ownerOf } from '#shared/chart/owner.ts'
import { searchSeats } from '#shared/chart/search.ts'
import { buildChart, walk } from '#shared/chart/tree.ts'

/** How a seat is shown anywhere on the chart: who fills it, and if nobody does, who answers for it. */
export interface SeatFace { id: string, title: string, kind: 'person' | 'agent' | 'vacant', name: string, sub: { word: 'org.agentOf' | 'org.vacant' | 'holder', name: string } }

const mostFound = 30

/** The chart of the company, and "who owns X?" over it. */
export function useChart(company: Company) {
  const { org, seats, seatBy, members, memberBy, nameOf } = company
  const lookup = { seat: (id: string) => seatBy.value.get(id)?.d, member: (id: string) => memberBy.value.get(id)?.d }
  const chart = computed<Chart>(() => buildChart(seats.value.map(({ id, d }) => ({ id, title: d.title, reportsTo: d.reportsTo, importNote: d.importNote }))))
  const nodeBy = computed(() => new Map([...walk([...chart.value.roots, ...chart.value.unplaced])].map(node => [node.seat.id, node])))

  const accountable = computed(() => accountableOf(org.value?.accountable, members.value.map(({ id, d }) => [id, d])))
  const ownerId = (id: string) => ownerOf(id, lookup, accountable.value)
  const owner = (id: string) => nameOf(ownerId(id))

  function faceOf(id: string): SeatFace {
    const seat = seatBy.value.get(id)?.d
    const title = seat?.title ?? ''
    const holder = seat && memberBy.value.get(holderOf(seat, lookup) ?? '')?.d.name
    if (seat?.kind === 'agent')
      return { id, title, kind: 'agent', name: title, sub: { word: 'org.agentOf', name: owner(id) } }
    return holder
      ? { id, title, kind: 'person', name: holder, sub: { word: 'holder', name: holder } }
      : { id, title, kind: 'vacant', name: title, sub: { word: 'org.vacant', name: '' } }
  }

  const searchable = computed(() => seats.value.map(({ id, d }) => ({
    id,
    title: d.title,
    accountability: d.accountability,
    responsibilities: d.responsibilities,
    owns: d.owns,
    people: [d.holder, d.owner].flatMap(member => member ? [nameOf(member)] : []),
  })))
  const search = (question: string) => searchSeats(question, searchable.value, mostFound)

  return { chart, nodeBy, lookup, ownerId, owner, faceOf, search }
}

export type ChartView = ReturnType<typeof useChart>
