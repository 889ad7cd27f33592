import type { Contract } from '../record/contract.ts'

type Bond = Pick<Contract, 'from' | 'to' | 'archived'>

/** The seats that get something from this one under a contract, and those it gets something from; each once, in order. */
export function dependentsOf(seat: string, contracts: readonly Bond[]): { dependents: string[], dependsOn: string[] } {
  const live = contracts.filter(({ archived }) => !archived)
  const each = (ids: string[]) => [...new Set(ids)].sort()
  return {
    dependents: each(live.filter(({ from }) => from === seat).map(({ to }) => to)),
    dependsOn: each(live.filter(({ to }) => to === seat).map(({ from }) => from)),
  }
}
