import type { Charge, ChargeRole } from '#shared/leaving/charges.ts'
import { t } from '../text/t.ts'

const counted = { holder: 'leaving.nSeats', agent: 'leaving.nAgents', todo: 'leaving.nTodos' } as const

/** How much rests with somebody, in a few words: "2 seats · 1 agent · 3 to-dos". */
export function chargeWords(charges: readonly Charge[]): string {
  const roles: Record<keyof typeof counted, readonly ChargeRole[]> = { holder: ['holder'], agent: ['agent'], todo: ['doer', 'asker'] }
  const parts = Object.entries(roles).map(([what, of]) => {
    const n = charges.filter(({ role }) => of.includes(role)).length
    return n ? t(counted[what as keyof typeof counted], { n }) : ''
  })
  const company = charges.some(({ role }) => role === 'accountable') ? t('leaving.nCompany') : ''
  return [company, ...parts].filter(Boolean).join(' · ')
}
