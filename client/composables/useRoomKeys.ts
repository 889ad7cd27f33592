import { onScopeDispose } from 'vue'

export interface RoomActs {
  step?: (by: 1 | -1) => unknown
  pause?: () => unknown
  vote?: () => unknown
  full: () => unknown
  theme: () => unknown
  help: () => unknown
}

/** What the keys of a keyboard and of a presenter's remote do on a room's screen; who may not run it has none of the first three. */
export function useRoomKeys(acts: () => RoomActs): void {
  function press(event: KeyboardEvent): void {
    const act = actOf(event.key, acts())
    const target = event.target instanceof Element ? event.target : document.body
    const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || event.repeat || target.closest('dialog, input, textarea')
    // A button that has the focus is pressed by the space bar itself.
    if (!act || isElsewhere || (event.key === ' ' && target.closest('button, a')))
      return
    event.preventDefault()
    act()
  }
  addEventListener('keydown', press)
  onScopeDispose(() => removeEventListener('keydown', press))
}

function actOf(key: string, { step, pause, vote, full, theme, help }: RoomActs): (() => unknown) | undefined {
  switch (key.length === 1 ? key.toLowerCase() : key) {
    case 'ArrowRight':
    case 'PageDown': return step && (() => step(1))
    case 'ArrowLeft':
    case 'PageUp': return step && (() => step(-1))
    case ' ': return pause
    case 'v': return vote
    case 'f': return full
    case 't': return theme
    case '?': return help
    default: return undefined
  }
}
