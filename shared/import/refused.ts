/** Characters, which is never more than bytes. */
export const maxFileSize = 5 * 1024 * 1024
export const maxRows = 20_000

export type RefusalCode = 'too-big' | 'too-many-rows' | 'too-many-aliases' | 'empty' | 'unreadable' | 'unknown-format'

/** A file that cannot be imported at all; everything short of that is a problem in the plan. */
export class ImportRefused extends Error {
  readonly code: RefusalCode

  constructor(code: RefusalCode) {
    super(`Import refused: ${code}`)
    this.name = 'ImportRefused'
    this.code = code
  }
}

export function refuseSize(text: string): void {
  if (text.length > maxFileSize)
    throw new ImportRefused('too-big')
}

export function refuseRows(rows: number): void {
  if (rows > maxRows)
    throw new ImportRefused('too-many-rows')
}
