/**
 * One of the files of an import. `path` has `/` between its parts and is as deep as the choice was; `text` is
 * absent where it is no text, or nobody could read it.
 */
export interface ImportFile { path: string, text?: string }

/** A file larger than this is no agent's definition. Bytes. */
const largest = 1024 * 1024
const texts = /(?:^|\/)[^/.]+$|(?:^|\/)\.[^/.]+$|\.(?:md|markdown|mdx|txt|json|ya?ml|csv|tsv)$/i

/** Whether a file of a folder may hold an agent, by its name and its size; the others are listed unread. */
export const isWorthReading = (path: string, bytes: number) => texts.test(path) && bytes <= largest

/** The last part of a path. */
export const baseOf = (path: string) => path.slice(path.lastIndexOf('/') + 1)
/** A path without its last part. */
export const folderOf = (path: string) => path.slice(0, Math.max(0, path.lastIndexOf('/')))

/** What a file in `folder` means by a relative path. */
export function pathFrom(folder: string, relative: string): string {
  const parts = folder ? folder.split('/') : []
  for (const part of relative.split('/')) {
    if (part === '..')
      parts.pop()
    else if (part && part !== '.')
      parts.push(part)
  }
  return parts.join('/')
}

/** Two choices of the same files come in the same order. */
export function inOrder(files: readonly ImportFile[]): ImportFile[] {
  const compare = (one: string, other: string) => one < other ? -1 : one > other ? 1 : 0
  return [...files].sort((one, other) => compare(one.path, other.path) || compare(one.text ?? '', other.text ?? ''))
}
