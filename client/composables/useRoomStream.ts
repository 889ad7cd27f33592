import type { RoomView } from '#shared/meeting/room.ts'
import { computed, onScopeDispose, shallowRef } from 'vue'
import { askServer } from './askServer.ts'

interface Message { now?: number, view?: RoomView, bye?: string }

/** The server gives a sign of life every 20 s; after this much silence the line is taken for dead, ms. */
const silence = 45_000
const pauses = { least: 1000, most: 20_000 }

/**
 * The view of a room by its link, over a stream that is opened again whenever it breaks. `now` is the server's clock,
 * `heardAt` when it was last heard, and `gone` is the end.
 */
export function useRoomStream(token: string) {
  const path = `/api/rooms/${encodeURIComponent(token)}`
  const view = shallowRef<RoomView>()
  const stage = shallowRef<'asking' | 'live' | 'late' | 'gone'>('asking')
  const ahead = shallowRef(0)
  const tick = shallowRef(Date.now())
  const heardAt = shallowRef(0)
  const held: { source?: EventSource, again?: ReturnType<typeof setTimeout>, pause: number, asking: boolean, over: boolean } = { pause: pauses.least, asking: false, over: false }

  function open(): void {
    held.source?.close()
    const source = new EventSource(`${path}/stream`)
    held.source = source
    source.onmessage = ({ data }: MessageEvent<string>) => hear(JSON.parse(data) as Message)
    source.onerror = () => void lose()
    watchdog()
  }

  function hear({ now, view: next, bye }: Message): void {
    if (bye === 'gone')
      return end()
    if (bye)
      return void lose()
    held.pause = pauses.least
    heardAt.value = Date.now()
    tick.value = heardAt.value
    ahead.value = now === undefined ? ahead.value : now - heardAt.value
    view.value = next ?? view.value
    stage.value = view.value ? 'live' : stage.value
    watchdog()
  }

  function watchdog(): void {
    clearTimeout(held.again)
    held.again = setTimeout(lose, silence)
  }

  /** An event source does not tell why it broke: the server is asked whether the link still opens. */
  async function lose(): Promise<void> {
    clearTimeout(held.again)
    held.source?.close()
    stage.value = stage.value === 'asking' ? 'asking' : 'late'
    if (held.asking)
      return
    held.asking = true
    const answer = await askServer<Message>('GET', path)
    held.asking = false
    if (held.over)
      return
    if ('refused' in answer && answer.refused === 'room-gone')
      return end()
    clearTimeout(held.again)
    held.again = setTimeout(open, held.pause * (0.5 + Math.random()))
    held.pause = Math.min(pauses.most, held.pause * 2)
  }

  function end(): void {
    stop()
    stage.value = 'gone'
  }

  function stop(): void {
    held.over = true
    clearTimeout(held.again)
    held.source?.close()
  }

  const beat = setInterval(() => tick.value = Date.now(), 1000)
  onScopeDispose(() => {
    clearInterval(beat)
    stop()
  })
  open()
  return { view, stage, now: computed(() => tick.value + ahead.value), silent: computed(() => Math.max(0, tick.value - heardAt.value)) }
}
