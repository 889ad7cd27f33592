import type { RuleRefusal } from '#shared/access/rules.ts'
import type { World } from '#shared/access/world.ts'
import type { Known } from '#shared/lifecycle/around.ts'
import type { Bodies, Body, Kind } from '#shared/record/envelope.ts'
import type { Company } from './useCompany.ts'
import { refuseWrite } from '#shared/access/access.ts'
import { refuseRule } from '#shared/access/rules.ts'
import { leads } from '#shared/access/team.ts'
import { aroundSeat, nothingKnown } from '#shared/lifecycle/around.ts'

/** A write before it is made: to a record that is here, or of a new one. */
export interface Wish<K extends Kind = Kind> { kind: K, id?: string, before?: Bodies[K], set: { [F in keyof Bodies[K]]?: Bodies[K][F] | null } }

const rights = ['not-allowed', 'not-yours', 'own-seat', 'not-a-voter', 'server-only', 'fixed-field']

/** Asks the rules the server will ask, so that a screen offers only what will stand; `known` where a seat's steps are asked about. */
export function usePredict(company: Company, known: () => Known = () => nothingKnown) {
  const world: World = {
    get: <K extends Kind>(kind: K, id: string | undefined) => find(company, kind, id ?? '') as Bodies[K] | undefined,
    seatsHeldBy: member => company.seats.value.filter(seat => seat.d.holder === member).map(seat => seat.id),
    ballots: () => [],
    admins: () => company.members.value.filter(({ d }) => d.role === 'admin' && d.state === 'active').map(({ id }) => id),
    hasScores: () => true,
    around: seat => aroundSeat(seat, known()),
  }

  function refuse<K extends Kind>({ kind, id = '', before, set }: Wish<K>): RuleRefusal | undefined {
    const role = company.myRole.value
    if (!role)
      return { code: 'not-allowed' }
    const after = Object.fromEntries(Object.entries({ ...before, ...set }).filter(([, value]) => value !== null && value !== undefined))
    const write = { kind, id, before: before as Body | undefined, set: set as Body, after }
    const code = refuseWrite({ member: company.me, role }, world, write)
    return code ? { code } : refuseRule(world, write)
  }

  /** Whether this person's role allows the write, whatever its values. */
  const may = <K extends Kind>(wish: Wish<K>) => !rights.includes(refuse(wish)?.code ?? '')

  /** Whether this person may put their agents in a team. */
  const mayPlaceIn = (team: Bodies['team']) => company.myRole.value !== undefined && leads({ member: company.me, role: company.myRole.value }, world, team)

  return { world, refuse, may, mayPlaceIn }
}

function find(company: Company, kind: Kind, id: string): Bodies[Kind] | undefined {
  switch (kind) {
    case 'seat': return company.seatBy.value.get(id)?.d
    case 'member': return company.memberBy.value.get(id)?.d
    case 'team': return company.teams.value.find(team => team.id === id)?.d
    default: return undefined
  }
}
