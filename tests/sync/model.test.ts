import type { Step } from './model/steps.ts'
import type { ModelStore } from './model/store.ts'
import process from 'node:process'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { refuseOutcome, written } from './model/check.ts'
import { aModel, calm } from './model/model.ts'
import { happen, story } from './model/steps.ts'
import { createModelStore } from './model/store.ts'
import { closedTwice, overtaken, pulledBack, setBack, twoInARow } from './model/stories.ts'

vi.mock('rxdb/plugins/replication', () => import('./model/replicate.ts'))
vi.mock('rxdb/plugins/core', () => import('./model/replicate.ts'))

const numRuns = Number(process.env.MODEL_RUNS ?? 50)
const seed = Number(process.env.MODEL_SEED ?? 1)

describe('four phones of three people under one virtual clock', () => {
  let store: ModelStore
  beforeAll(async () => {
    store = await createModelStore()
  })
  afterAll(() => store.store.close())

  async function live<T>(steps: readonly Step[], look: (model: Awaited<ReturnType<typeof aModel>>) => Promise<T>): Promise<T> {
    const model = await aModel(store, 'acme')
    try {
      for (const [n, step] of steps.entries())
        await happen(model, step, `w${n}`)
      await calm(model)
      return await look(model)
    }
    finally {
      await model.close()
    }
  }

  it('[O1] whatever happens in whichever order, all replicas come to equal the server, and no rule is broken on the way', async () => {
    const seen = { answers: 0, refused: 0, replaced: 0, kept: 0, changes: 0 }
    await fc.assert(fc.asyncProperty(story, steps => live(steps, async (model) => {
      expect(await refuseOutcome(model)).toEqual([])
      const { answered } = model.server
      seen.answers += answered.length
      seen.refused += answered.filter(({ answer }) => answer.refused).length
      seen.replaced += answered.filter(({ answer }) => answer.replaced).length
      seen.kept += model.phones.reduce((sum, { kept }) => sum + kept.size, 0)
      seen.changes += (await written(model)).head
    })), { numRuns, seed })
    for (const [what, count] of Object.entries(seen))
      expect(count, what).toBeGreaterThan(numRuns / 10)
  }, 3_600_000)

  it('[L1] what is pulled while an own push is open comes again when it has settled', () =>
    live(overtaken, async model => expect(await refuseOutcome(model)).toEqual([])))

  it('[P3] what lost to a stamp raised over an equal value is logged once', () =>
    live(closedTwice, async model => expect(await refuseOutcome(model)).toEqual([])))

  it('[O1] of two writings in a row the first does not show again', () =>
    live(twoInARow, async model => expect(await refuseOutcome(model)).toEqual([])))

  it('[T4] a clock set back between two runs of the app strands no edit', () =>
    live(setBack, async model => expect(await refuseOutcome(model)).toEqual([])))

  it('[C5] a clock that was pulled back gives no stamp a second time, and no edit is lost to one', () =>
    live(pulledBack, async model => expect(await refuseOutcome(model)).toEqual([])))

  it('the same story gives the same history, to the byte', async () => {
    const historyOf = (steps: readonly Step[]) => live(steps, async model => JSON.stringify([await written(model), model.server.answered]))
    await fc.assert(fc.asyncProperty(story, async (steps) => {
      expect(await historyOf(steps)).toBe(await historyOf(steps))
    }), { numRuns: Math.ceil(numRuns / 20), seed })
  }, 3_600_000)
})
