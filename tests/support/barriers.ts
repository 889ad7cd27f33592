import type { Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'

/** What a person does to come to a state, and what is then on the screen. */
export type State = [name: string, reach: (page: Page) => Promise<void>]

/** Every barrier axe finds, and every state that is wider than the screen. */
export async function barriers(page: Page, states: readonly State[]): Promise<string[]> {
  const found: string[] = []
  for (const [name, reach] of states) {
    await reach(page)
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(animation => animation.finished)))
    const { violations } = await new AxeBuilder({ page }).analyze()
    found.push(...violations.map(({ id, nodes }) => `${name}: ${id} ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (wide > 0)
      found.push(`${name}: ${wide} px wider than the screen`)
  }
  return found
}
