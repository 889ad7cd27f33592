import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { t } from '../text/t.ts'
import { useRecords } from './useLive.ts'

const counted = { kpi: 'leaving.nKpis', priority: 'leaving.nPriorities', contract: 'leaving.nHandoffs', lead: 'leaving.nLead' } as const
type Load = Record<keyof typeof counted, number>

/** What goes with a seat when somebody else takes it, in a few words: "2 KPIs · 1 priority". */
export function useSeatLoad(company: Company) {
  const kpis = useRecords({ kind: 'kpi' })
  const priorities = useRecords({ kind: 'priority' })
  const contracts = useRecords({ kind: 'contract' })

  const loads = computed(() => {
    const bySeat = new Map<string, Load>()
    const count = (what: keyof Load, seat: string | undefined) => {
      const load = bySeat.get(seat ?? '') ?? { kpi: 0, priority: 0, contract: 0, lead: 0 }
      bySeat.set(seat ?? '', { ...load, [what]: load[what] + 1 })
    }
    kpis.value.filter(({ d }) => !d.archived).forEach(({ d }) => count('kpi', d.seat))
    priorities.value.filter(({ d }) => !d.archived && !d.private && d.state === 'open').forEach(({ d }) => count('priority', d.seat))
    contracts.value.filter(({ d }) => !d.archived).forEach(({ d }) => [d.from, d.to].forEach(seat => count('contract', seat)))
    company.teams.value.forEach(({ d }) => count('lead', d.lead))
    return bySeat
  })

  return (seat: string) => Object.entries(loads.value.get(seat) ?? {}).filter(([, n]) => n > 0).map(([what, n]) => t(counted[what as keyof Load], { n })).join(' · ')
}
