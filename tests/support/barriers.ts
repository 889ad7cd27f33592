import type { Page } from 'playwright-core'
import { AxeBuilder } from '@axe-core/playwright'

/** What a person does to come to a state, and what is then on the screen. */
export type State = [name: string, reach: (page: Page) => Promise<void>]

/** How a screen may look: its colours, and its width in pixels. */
export type Look = readonly [colours: 'light' | 'dark', width: number]

/** Every barrier axe finds, and every state that is wider than the screen: as the page is, or in each look. A state is reached once. */
export async function barriers(page: Page, states: readonly State[], looks: readonly (Look | undefined)[] = [undefined]): Promise<string[]> {
  const found: string[] = []
  for (const [name, reach] of states) {
    await takeOn(page, looks[0])
    await reach(page)
    for (const look of looks) {
      await takeOn(page, look)
      found.push(...(await barriersNow(page)).map(barrier => `${[name, ...look ?? []].join(', ')}: ${barrier}`))
    }
  }
  return found
}

async function takeOn(page: Page, look?: Look): Promise<void> {
  if (!look)
    return
  const [colorScheme, width] = look
  await page.emulateMedia({ colorScheme })
  await page.setViewportSize({ width, height: page.viewportSize()?.height ?? 740 })
  await page.waitForFunction(([dark, wide]) => matchMedia('(prefers-color-scheme: dark)').matches === dark && innerWidth === wide, [colorScheme === 'dark', width] as const)
}

async function barriersNow(page: Page): Promise<string[]> {
  // Two frames: a component that follows the width has by then drawn itself anew.
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))))
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(animation => animation.finished)))
  // There are no frames inside our pages, so axe needs no second page to join what it found in each.
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode().analyze()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  return [
    ...violations.map(({ id, nodes }) => `${id} ${nodes.map(node => node.html.slice(0, 120)).join(' | ')}`),
    ...wide > 0 ? [`${wide} px wider than the screen`] : [],
  ]
}
