import { describe, expect, it } from 'vitest'
import { currencyCodes, guessPlace, timeZones } from '../../client/composables/guesses.ts'

describe('what a new company most likely wants', () => {
  it.each([
    ['de-DE', 'EUR', 1],
    ['de', 'EUR', 1],
    ['en-US', 'USD', 0],
    ['pt-BR', 'BRL', 0],
    ['ar-EG', 'EGP', 6],
    ['de-CH', 'CHF', 1],
  ])('is guessed for %s', (language, currency, weekStart) => {
    expect(guessPlace(language, 'Europe/Berlin')).toEqual({ timeZone: 'Europe/Berlin', yearStart: 1, currency, weekStart })
  })

  it('is a dollar where nobody knows the place', () => {
    expect(guessPlace('eo', 'UTC').currency).toBe('USD')
  })

  it('always offers what was guessed, also a zone under its older name', () => {
    expect(timeZones('Asia/Calcutta')).toContain('Asia/Calcutta')
    expect(timeZones('UTC').filter(zone => zone === 'UTC')).toHaveLength(1)
    expect(currencyCodes('EUR')).toContain('EUR')
  })
})
