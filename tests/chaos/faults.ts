import type { Plan as RequestPlan } from '../support/net.ts'
import type { Handset } from './handset.ts'
import type { Dice } from './plan.ts'
import { drop, hang, loseAnswer, portal, says, truncate, twice } from '../support/net.ts'

export const day = 86_400_000

function late(ms: number): RequestPlan {
  return async (send) => {
    const answer = await send()
    const text = await answer.text()
    await new Promise(resolve => setTimeout(resolve, ms))
    return new Response(text, { status: answer.status, headers: answer.headers })
  }
}

function slow(ms: number): RequestPlan {
  return async (send) => {
    await new Promise(resolve => setTimeout(resolve, ms))
    return send()
  }
}

const blocked: RequestPlan = () => Promise.resolve(new Response('<html>Blocked by policy</html>', { status: 403, headers: { 'content-type': 'text/html' } }))
const badGateway: RequestPlan = () => Promise.resolve(new Response('<html>Bad gateway</html>', { status: 502, headers: { 'content-type': 'text/html' } }))

/** What can become of one request. */
const requestFaults: Record<string, (roll: Dice) => RequestPlan> = {
  'request dropped': () => drop,
  'answer lost after commit': () => loseAnswer,
  'request sent twice': () => twice,
  'answer truncated': () => truncate,
  'answer delayed': roll => late(20 + roll(400)),
  'request delayed': roll => slow(20 + roll(400)),
  'request never answered': () => hang,
  'captive portal': () => portal,
  'captive portal in JSON': () => says(200, { ok: true }),
  '401': () => says(401, { code: 'sign-in' }),
  '403': () => blocked,
  '403 in JSON': () => says(403, { code: 'cross-site' }),
  '429': () => says(429, { code: 'too-many' }),
  '500': () => says(500, { code: 'internal' }),
  '502': () => badGateway,
}

/** Lays a fault in the way of the next requests of a phone; answers its name. */
export function failRequest({ net }: Handset, roll: Dice): string {
  const names = Object.keys(requestFaults)
  // An answer lost after the commit is the hardest to get right, so it comes most often.
  const name = roll(6) === 0 ? 'answer lost after commit' : names[roll(names.length)] as string
  const route = (['push', 'push', 'pull', 'stream'] as const)[roll(4)] ?? 'push'
  net.next(route, requestFaults[name]?.(roll) as RequestPlan)
  return name
}

export function failFrames({ net }: Handset, roll: Dice): string {
  const act = roll(3)
  if (act === 0) {
    net.cut()
    return 'stream cut'
  }
  net.dropFrames(act === 1 ? 1 + roll(3) : 1_000_000)
  return act === 1 ? 'frames lost' : 'stream stalled'
}

export function failLine({ line }: Handset, roll: Dice): string {
  const acts: [string, () => void][] = [
    ['half-open connections', () => line.freeze(200 + roll(3000))],
    ['answers swallowed', () => line.deafen(100 + roll(1500))],
    ['cut in the middle of bytes', () => line.cutAfter(roll(3000))],
    ['connections reset', line.reset],
  ]
  const [name, act] = acts[roll(acts.length)] as [string, () => void]
  act()
  return name
}

/** What a phone and its owner do to themselves. */
export async function failDevice(handset: Handset, roll: Dice): Promise<string> {
  const acts: [string, () => unknown][] = [
    ['offline', () => handset.flight(true)],
    ['offline', () => handset.flight(true)],
    ['back online unnoticed', () => handset.flight(false)],
    ['back online', () => back(handset)],
    ['back online', () => back(handset)],
    ['clock changed', () => handset.wall.offset = [0, 40_000, 90_000, day, -day][roll(5)] as number],
    ['clock changed', () => handset.wall.offset = [0, 40_000, 90_000, day, -day][roll(5)] as number],
    ['app closed and opened', () => handset.reopen()],
    ['clock changed while closed', () => handset.reopen(() => handset.wall.offset = [0, day, -day][roll(3)] as number)],
    ['second tab opened', () => handset.addTab()],
    ['second tab opened', () => handset.addTab()],
    ['second tab opened', () => handset.addTab()],
    ['tab closed', () => handset.closeTab(roll(2))],
    ['tab killed', () => handset.killTab(roll(2))],
    ['tab killed', () => handset.killTab(roll(2))],
    ['version too old', () => handset.outdate(true)],
    ['updated', () => handset.outdate(false)],
  ]
  const [name, act] = acts[roll(acts.length)] as [string, () => unknown]
  await act()
  return name
}

/** The network is there, and the phone says so to its app. */
export function back(handset: Handset) {
  handset.flight(false)
  handset.replicas().forEach(replica => replica.retry())
}
