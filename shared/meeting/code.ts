const letters = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/**
 * Four letters to say across a room (FNV-1a over the id); whoever is in the company finds the live meeting by them. They
 * are no secret: they only pick one among the company's meetings of the moment.
 */
export function joinCode(meeting: string): string {
  let hash = 0x811C9DC5
  for (let n = 0; n < meeting.length; n++)
    hash = Math.imul(hash ^ meeting.charCodeAt(n), 0x01000193) >>> 0
  let code = ''
  for (let n = 0; n < 4; n++) {
    code += letters[hash % letters.length]
    hash = Math.floor(hash / letters.length)
  }
  return code
}

/** What somebody typed, as {@link joinCode} writes it. */
export const readCode = (typed: string) => typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
