import type { Phone } from '../support/replica.ts'
import type { TestServer } from '../support/server.ts'
import { afterEach, beforeEach } from 'vitest'
import { startServer } from '../support/server.ts'

/** A server of its own for every test of a suite, and phones that are closed before it is. */
export function eachServer() {
  const held: { server?: TestServer, phones: readonly Phone[] } = { phones: [] }
  beforeEach(async () => {
    held.server = await startServer()
    held.phones = []
  })
  afterEach(async () => {
    await Promise.all(held.phones.map(phone => phone.close()))
    await held.server?.close()
  })
  return {
    url: () => ({ url: held.server?.url ?? '' }),
    closing: <P extends readonly Phone[]>(...phones: P): P => {
      held.phones = phones
      return phones
    },
  }
}
