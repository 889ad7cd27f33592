import type { TestPerson } from '../support/person.ts'
import type { Name } from './plan.ts'
import { aPerson } from '../support/person.ts'
import { cast, roles } from './plan.ts'

/** Everybody of the cast with an account in one company, and somebody of another company beside them. */
export interface Company {
  org: string
  people: Record<Name, TestPerson>
  stranger: TestPerson
  /** A device of a person: its own address and its own sign-in. */
  device: (name: Name, url: string) => Promise<TestPerson>
}

/** `words` name the two companies: what one holds must never be seen in the other. */
export async function aCompany(url: string, words: { own: string, foreign: string }): Promise<Company> {
  const founder = aPerson({ url })
  await founder.signUp()
  const { org } = await founder.createOrg(words.own)
  const people: Partial<Record<Name, TestPerson>> = { Ada: founder }
  for (const name of cast.slice(1)) {
    const person = aPerson({ url })
    await person.join((await founder.invite(roles[name], name)).token)
    people[name] = person
  }
  const stranger = aPerson({ url })
  await founder.put('/api/settings/sign-up', { signUp: 'open' })
  await stranger.signUp()
  await stranger.createOrg(words.foreign)
  return {
    org,
    people: people as Record<Name, TestPerson>,
    stranger,
    device: async (name, at) => {
      const { email, password, headers } = (people as Record<Name, TestPerson>)[name]
      const device = aPerson({ url: at }, { email, password })
      const { status } = await device.signIn()
      if (status !== 200)
        throw new Error(`${name} could not sign in: ${status}`)
      device.actIn({ org: String(headers['x-org']), member: String(headers['x-member']) })
      return device
    },
  }
}
