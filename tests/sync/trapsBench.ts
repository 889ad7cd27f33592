import type { Net } from '../support/net.ts'
import type { TestPerson } from '../support/person.ts'
import type { Phone, PhoneOptions } from '../support/replica.ts'
import type { ServerOptions, TestServer } from '../support/server.ts'
import { setImmediate as turn } from 'node:timers/promises'
import { aNet } from '../support/net.ts'
import { aPerson } from '../support/person.ts'
import { aPhone, settled } from '../support/replica.ts'
import { startServer } from '../support/server.ts'

/** A company of two admins with a phone each, and the network of the first. */
export interface Trap {
  server: TestServer
  people: { ada: TestPerson, ben: TestPerson }
  net: Net
  ada: Phone
  ben: Phone
  /** Opens one more phone; it closes with the rest. */
  phone: (person: TestPerson, options?: PhoneOptions) => Promise<Phone>
  close: () => Promise<void>
}

export async function aTrap(options: PhoneOptions = {}, serving: ServerOptions = {}): Promise<Trap> {
  const server = await startServer(serving)
  const people = { ada: aPerson(server), ben: aPerson(server) }
  await people.ada.signUp()
  await people.ada.createOrg()
  await people.ben.join((await people.ada.invite('admin', 'Ben')).token)
  const open: Phone[] = []
  const phone = async (person: TestPerson, more: PhoneOptions = {}) => {
    const opened = await aPhone(person, more)
    open.push(opened)
    return opened
  }
  const net = aNet()
  const [ada, ben] = [await phone(people.ada, { through: net.through, ...options }), await phone(people.ben)]
  await Promise.all([settled(ada), settled(ben), net.greeted()])
  const close = async () => {
    await Promise.all(open.map(one => one.close()))
    await server.close()
  }
  return { server, people, net, ada, ben, phone, close }
}

export const anIssue = (by: string, title = 'Late parts') => ({ title, state: 'open' as const, horizon: 'now' as const, raisedBy: by, raisedAt: 1 })

/** Lets everything that is ready to run have its turn. */
export async function manyTurns(): Promise<void> {
  for (let n = 0; n < 60; n++)
    await turn()
}
