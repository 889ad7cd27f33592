import type { Hand } from './hand.ts'
import { change, dice } from './hand.ts'

const hour = 3_600_000

/** Edits of what people and agents do for one another: to-dos, headlines, priorities, handoffs, reviews, procedures. */
export const work: ((hand: Hand) => Promise<unknown>)[] = [
  async ({ phone, word, some, roll }) => phone.add('todo', { title: word, owner: (roll(2) ? await some('member') : undefined)?.id ?? phone.member, asker: phone.member, askedAt: 1, due: '2026-11-29', state: 'open' }),
  hand => change(hand, 'todo', dice(hand.roll, [{ state: 'done' }, { state: 'verified' }, { state: 'open', reopened: 1 }, { title: hand.word }, { waitsFor: hand.word }, { waitsFor: null }])),
  ({ phone, word }) => phone.add('headline', { text: word, about: 'customer', saidBy: phone.member, saidAt: 1 }),
  hand => change(hand, 'headline', { text: hand.word }),
  addPriority,
  hand => change(hand, 'priority', dice(hand.roll, [{ title: hand.word }, { state: 'done' }, { private: dice(hand.roll, [hand.phone.member, null]) }, { [`note/2026-11-22/${hand.phone.member}`]: { track: dice(hand.roll, ['on', 'off']), at: 1, text: hand.word } }, { 'milestone/a': { title: hand.word } }])),
  addContract,
  hand => change(hand, 'contract', dice(hand.roll, [{ passes: hand.word }, { onMiss: hand.word }])),
  send,
  hand => change(hand, 'delivery', { ...dice(hand.roll, [{ state: 'accepted' }, { state: 'returned', returnReason: hand.word }, { state: 'done' }, { state: 'verified' }, { state: 'sent', reopened: 1 }]), stateBy: hand.phone.member, stateAt: 1 }),
  async ({ phone, word, some }) => {
    const seat = await some('seat')
    return seat && phone.add('review', { seat: seat.id, by: phone.member, at: 1, verdict: 'keep', reason: word })
  },
  async ({ phone, word, some }) => {
    const seat = await some('seat')
    return seat && phone.add('procedure', { seat: seat.id, title: word, trigger: `${word}?`, steps: `${word}!` })
  },
  hand => change(hand, 'procedure', { steps: hand.word }),
]

async function addPriority({ phone, word, roll, some }: Hand) {
  const seat = await some('seat')
  return seat && phone.add('priority', { seat: seat.id, title: word, doneMeans: `${word}!`, quarter: '2026-Q4', due: '2026-12-31', state: 'open', ...roll(4) === 0 && { private: phone.member } })
}

async function addContract({ phone, word, some }: Hand) {
  const [from, to] = [await some('seat'), await some('seat')]
  return from && to && phone.add('contract', { from: from.id, to: to.id, passes: word, must: `${word}!`, hours: 24, onMiss: `${word}?` })
}

async function send({ phone, word, some }: Hand) {
  const contract = await some('contract')
  return contract && phone.add('delivery', { contract: contract.id, from: contract.d.from, to: contract.d.to, title: word, sentBy: phone.member, sentAt: 1, due: 1 + contract.d.hours * hour, state: 'sent' })
}
