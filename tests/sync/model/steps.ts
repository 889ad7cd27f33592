import type { EditName } from './edits.ts'
import type { Model } from './model.ts'
import type { Fate, Route } from './net.ts'
import type { Mishap } from './store.ts'
import * as fc from 'fast-check'
import { editNames, makeEdit } from './edits.ts'

/** One thing that happens; `phone` counts through the company's phones. */
export type Step
  = { do: 'edit', phone: number, what: EditName, on: number }
    | { do: 'wait', ms: number }
    | { do: 'fate', phone: number, route: Route, fate: Fate }
    | { do: 'dropFrames', phone: number, count: number }
    | { do: 'cut' | 'offline' | 'online' | 'reopen', phone: number }
    | { do: 'setClock', phone: number, offset: number }
    | { do: 'restartServer', offset: number }
    | { do: 'mishap', what: Mishap }

const day = 86_400_000
const phone = fc.nat(3)
const isDo = <D extends Step['do']>(name: D) => fc.constant(name)

const edit = fc.record({ do: isDo('edit'), phone, what: fc.constantFrom(...editNames), on: fc.nat(5) })
const wait = fc.record({ do: isDo('wait'), ms: fc.constantFrom(1, 1, 2, 5, 8, 30, 600, 2000, 9000, 31_000) })
const trouble = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: isDo('fate'), phone, route: fc.constantFrom<Route>('push', 'push', 'pull', 'pull', 'stream'), fate: fc.constantFrom<Fate>('drop', 'lose', 'lose', 'twice', 'late', 'late', 'slow', 'slow', 'stale', 'hang', 'truncate', 'portal') }) },
  { weight: 2, arbitrary: fc.record({ do: isDo('dropFrames'), phone, count: fc.integer({ min: 1, max: 2 }) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constantFrom('cut', 'offline', 'online', 'reopen'), phone }) },
  { weight: 2, arbitrary: fc.record({ do: isDo('setClock'), phone, offset: fc.constantFrom(0, 40_000, -40_000, day, -day) }) },
  { weight: 1, arbitrary: fc.record({ do: isDo('restartServer'), offset: fc.constantFrom(0, -5000, 5000) }) },
  { weight: 1, arbitrary: fc.record({ do: isDo('mishap'), what: fc.constantFrom<Mishap>('fails', 'runs-again') }) },
)

/** Up to sixty things that happen, half of them writings. */
export const story: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof({ weight: 4, arbitrary: edit }, { weight: 3, arbitrary: wait }, { weight: 2, arbitrary: trouble }) as fc.Arbitrary<Step>,
  { maxLength: 60, size: 'max' },
)

/** Lets one step happen; `word` is its own. */
export async function happen({ phones, time, server, store }: Model, step: Step, word: string): Promise<void> {
  const on = 'phone' in step ? phones[step.phone % phones.length] : undefined
  switch (step.do) {
    case 'wait': return time.advance(step.ms)
    case 'restartServer': return server.restart(step.offset)
    case 'mishap': return void (store.mishap.next = step.what)
    case 'edit': return on && makeEdit(on, { what: step.what, on: step.on, word })
    case 'fate': return void on?.net.fates.set(step.route, [...on.net.fates.get(step.route) ?? [], step.fate])
    case 'dropFrames': return void (on && (on.net.dropFrames = step.count))
    case 'cut': return on?.net.cut()
    case 'setClock': return void (on && (on.wall.offset = step.offset))
    case 'reopen': return on?.restart()
    case 'offline': {
      if (on) {
        on.net.off = true
        on.net.cut()
      }
      return
    }
    case 'online': {
      if (on) {
        on.net.off = false
        on.retry()
      }
    }
  }
}
