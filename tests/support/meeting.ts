import type { TestPerson } from './person.ts'
import type { Phone } from './replica.ts'
import { aPerson } from './person.ts'
import { agree, aPhone, settled } from './replica.ts'

/** Several people of one company on their phones, all writing at once. */
export interface Meeting {
  founder: TestPerson
  phones: Phone[]
  /** Every phone writes so many issues; resolves with their ids once they are on the phones. */
  write: (each: number) => Promise<string[]>
  /** Resolves when every phone shows exactly everything that was written. */
  agreed: () => Promise<void>
  close: () => Promise<void>
}

export async function aMeeting(place: { url: string }, people: number): Promise<Meeting> {
  const founder = aPerson(place)
  await founder.signUp()
  await founder.createOrg()
  const phones: Phone[] = []
  const written = new Set<string>()
  for (let n = 0; n < people; n++) {
    const person = aPerson(place)
    await person.join((await founder.invite('manager', `Person ${n}`)).token)
    phones.push(await aPhone(person))
  }
  await Promise.all(phones.map(settled))
  return {
    founder,
    phones,
    write: async (each) => {
      const ids = (await Promise.all(phones.map(phone => writeOn(phone, each)))).flat()
      ids.forEach(id => written.add(id))
      return ids
    },
    agreed: async () => {
      const seen = await agree(phones, { kind: 'issue' }, found => found.length >= written.size)
      const wrong = seen.filter(({ id }) => !written.has(id))
      if (seen.length !== written.size || wrong.length > 0)
        throw new Error(`${seen.length} issues are seen, ${written.size} were written.`)
    },
    close: async () => void await Promise.all(phones.map(phone => phone.close())),
  }
}

async function writeOn(phone: Phone, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n++)
    ids.push(await phone.add('issue', { title: `${phone.member} ${n}`, state: 'open', horizon: 'now', raisedBy: phone.member, raisedAt: phone.now() }))
  return ids
}
