import type { Company } from './useCompany.ts'
import { computed } from 'vue'
import { dotsLeft } from '#shared/issue/round.ts'
import { useRecords } from './useLive.ts'

/** The open votes this person has dots in, with who has voted and how many dots are left where it counts dots. */
export function useOpenRounds(company: Company) {
  const rounds = useRecords({ kind: 'round' })
  const open = computed(() => rounds.value.filter(round => round.d.state === 'open' && round.d.voters.includes(company.me)))
  const ballots = useRecords(() => open.value.length ? { kind: 'ballot' as const, parent: open.value.map(round => round.id), owner: company.me } : undefined)

  return computed(() => open.value.map(({ id, d }) => {
    const mine = ballots.value.find(ballot => ballot.d.round === id)?.d.dots ?? {}
    return {
      id,
      team: company.teams.value.find(team => team.id === d.team)?.d.name ?? '',
      voted: Object.keys(d).filter(key => key.startsWith('voted/')).length,
      voters: d.voters.length,
      left: (d.count ?? 'dots') === 'dots' ? dotsLeft(d, mine) : undefined,
    }
  }))
}
