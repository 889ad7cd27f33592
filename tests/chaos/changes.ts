/** Who ended a record, in the log. */
export const undertaker = 'undertaker'

/** A small change of a source file, applied while it is loaded; the file itself stays as it is. */
export interface SourceChange {
  /** From the root of the project, such as `server/serve.ts`. */
  file: string
  find: string
  replace: string
}

/** The text as it is to be loaded. A text to find that is not there exactly once is an error: the source has moved on. */
export function changed(text: string, file: string, changes: readonly SourceChange[]): string {
  return changes.filter(change => change.file === file).reduce((before, { find, replace }) => {
    const times = before.split(find).length - 1
    if (times !== 1)
      throw new Error(`${file}: expected once, found ${times} times: ${find}`)
    return before.replace(find, () => replace)
  }, text)
}
