import { onScopeDispose, shallowRef } from 'vue'

/** Whether the window fits a media query, live. */
export function useMedia(query: string) {
  const list = globalThis.matchMedia(query)
  const fits = shallowRef(list.matches)
  const update = () => fits.value = list.matches
  list.addEventListener('change', update)
  onScopeDispose(() => list.removeEventListener('change', update))
  return fits
}

/** The width from which there is a rail beside the page, and the wide tables. */
export const wide = '(min-width: 900px)'
