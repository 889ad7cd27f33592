/**
 * A member's copy of an org is in databases of one name; a copy that was built anew has a number behind it.
 * Which of them counts is in localStorage: it is read before anything is opened.
 */
export const separator = '~'
export const pointer = (base: string) => `otp:copy:${base}`
export const baseOf = (name: string) => name.split(separator)[0] ?? name

export function currentCopy(org: string, member: string): string {
  const base = `otp-${org}-${member}`
  return localStorage.getItem(pointer(base)) ?? base
}

/** Says to this browser's other tabs that a copy is in use, until the answer is called. */
export function holdCopy(name: string): () => void {
  const released = Promise.withResolvers<void>()
  void globalThis.navigator?.locks?.request(`otp:copy:${name}`, { mode: 'shared' }, () => released.promise)
  return released.resolve
}
