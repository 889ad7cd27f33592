import type { Company } from './useCompany.ts'
import { foldText } from '#shared/chart/search.ts'

/** One of the things a person can pick. */
export interface Choice { id: string, label: string, sub?: string, agent?: boolean }

/** A list longer than this asks to be searched. */
export const mostChoices = 40

/** The choices in which every typed word begins a word; all of them where nothing is typed. */
export function foundChoices(typed: string, choices: readonly Choice[]): readonly Choice[] {
  const words = foldText(typed).split(' ').filter(Boolean)
  if (!words.length)
    return choices
  return choices.filter(({ label, sub = '' }) => {
    const text = ` ${foldText(`${label} ${sub}`)}`
    return words.every(word => text.includes(` ${word}`))
  })
}

/** By label, numbers in it as numbers. */
function inOrder(): (one: Choice, other: Choice) => number {
  const { compare } = new Intl.Collator(undefined, { numeric: true })
  return (one, other) => compare(one.label, other.label)
}

/** Every seat to pick from, with who is in it. */
export function seatChoices(company: Company, leaveOut?: string): Choice[] {
  return company.seats.value
    .filter(({ id }) => id !== leaveOut)
    .map(({ id, d }) => {
      const { name, agent } = company.faceOf(id)
      return { id, label: d.title, agent, ...name !== d.title && { sub: name } }
    })
    .sort(inOrder())
}

/** The people to pick from, by what they must be. */
export function memberChoices(company: Company, fits: (id: string) => boolean): Choice[] {
  return company.members.value
    .filter(({ id }) => fits(id))
    .map(({ id, d }) => ({ id, label: d.name }))
    .sort(inOrder())
}

/** Who can have a to-do: people who are here and no viewers, and agents' seats. */
export function todoOwners(company: Company): Choice[] {
  const agents = company.seats.value.filter(({ d }) => d.kind === 'agent').map(({ id, d }) => ({ id, label: d.title, agent: true }))
  const canDo = (id: string) => {
    const person = company.memberBy.value.get(id)?.d
    return person !== undefined && person.state !== 'left' && person.role !== 'viewer'
  }
  return [...memberChoices(company, canDo), ...agents.sort(inOrder())]
}
