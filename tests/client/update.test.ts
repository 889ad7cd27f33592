import { afterEach, describe, expect, it } from 'vitest'
import { isQuiet } from '../../client/composables/useUpdate.ts'

afterEach(() => {
  document.body.replaceChildren()
  history.replaceState(null, '', '/')
})

function show(html: string): void {
  const box = document.createElement('div')
  box.innerHTML = html
  document.body.append(box)
}

describe('a reload', () => {
  it('loses nothing on a page nobody works on', () => {
    show('<button>Next</button>')
    document.querySelector('button')?.focus()
    expect(isQuiet()).toBe(true)
  })

  it.each(['<input>', '<textarea></textarea>', '<select></select>'])('waits while somebody is in %s', (field) => {
    show(field)
    document.querySelector<HTMLElement>('input, textarea, select')?.focus()
    expect(isQuiet()).toBe(false)
  })

  it('waits while a sheet is open', () => {
    show('<dialog open></dialog>')
    expect(isQuiet()).toBe(false)
  })

  it('waits while a round is being voted', () => {
    history.replaceState(null, '', '/meeting/round/round_1')
    expect(isQuiet()).toBe(false)
  })
})
