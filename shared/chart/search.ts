import { compareTitles } from './tree.ts'

/** What a seat is found by; `people` are the names of its holder and owner. */
export interface SearchSeat {
  id: string
  title: string
  accountability: string
  responsibilities?: string
  owns?: string
  people: readonly string[]
  archived?: boolean
}

interface Found<S> { seat: S, score: number }

const asking = /^who (?:owns|does|is|handles|answers for) (?:the )?/
/** Letters that Unicode does not take apart into a letter and a mark, and the sigma that ends a word. */
const letters: Record<string, string> = { ø: 'o', đ: 'd', ł: 'l', æ: 'ae', œ: 'oe', ð: 'd', þ: 'th', ς: 'σ' }

/** Text as search compares it: no case, no accents, words apart by one space. */
export function foldText(text: string): string {
  const oneCase = plain(plain(text).toUpperCase().toLowerCase())
  return oneCase.replace(/[øđłæœðþς]/g, letter => letters[letter] ?? letter).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

/**
 * "Who owns X?": the seats in which every word asked for begins a word, best first: found in the title, then in the
 * people's names, then in what the seat answers for. An empty question finds nothing.
 */
export function searchSeats<S extends SearchSeat>(question: string, seats: readonly S[], limit = 20): S[] {
  const folded = foldText(question)
  const words = folded.replace(asking, '').split(' ').filter(Boolean)
  if (!words.length)
    return []
  return seats
    .filter(seat => !seat.archived)
    .map(seat => ({ seat, score: scoreSeat(seat, words) }))
    .filter(({ score }) => score > 0)
    .sort(byScore)
    .slice(0, limit)
    .map(({ seat }) => seat)
}

/** 0 where a word is found nowhere; each word counts for the best place it is found in. */
function scoreSeat(seat: SearchSeat, words: readonly string[]): number {
  const duties = [seat.owns, seat.accountability, seat.responsibilities].join(' ')
  const places = [seat.title, seat.people.join(' '), duties].map(place => ` ${foldText(place)} `)
  const found = words.map(word => places.findIndex(place => place.includes(` ${word}`)))
  if (found.includes(-1))
    return 0
  const whole = places[0] === ` ${words.join(' ')} ` ? 1 : 0
  return found.reduce((sum, place) => sum + places.length - place, whole)
}

function byScore<S extends SearchSeat>(one: Found<S>, other: Found<S>): number {
  return other.score - one.score || compareTitles(one.seat, other.seat)
}

function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '')
}
