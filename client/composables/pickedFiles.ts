import type { ImportFile } from '#shared/import/importFile.ts'
import { isWorthReading } from '#shared/import/importFile.ts'
import { maxFileSize, maxRows } from '#shared/import/refused.ts'
import { readText } from './readText.ts'

/** A file somebody chose or dropped, and where it lay in what they chose; without `file` where it may not be read. */
export interface Picked { path: string, file?: File }

/** What a file field holds; with a folder chosen, everything in it. */
export function pickedFrom(files: Iterable<File>): Picked[] {
  return [...files].map(file => ({ path: file.webkitRelativePath || file.name, file }))
}

/** What was dropped, folders with all that is in them. To be called while the event is being handled: later it is empty. */
export function droppedFrom(transfer: DataTransfer): Promise<Picked[]> {
  const entries = [...transfer.items].flatMap(item => item.webkitGetAsEntry?.() ?? [])
  return entries.length ? walk(entries) : Promise.resolve(pickedFrom(transfer.files))
}

/** The texts of the files. One alone is read whatever it is; of several, those that may hold an agent. */
export async function readPicked(picked: readonly Picked[]): Promise<ImportFile[]> {
  const files: ImportFile[] = []
  let bytes = 0
  for (const { path, file } of picked.slice(0, maxRows + 1)) {
    const isRead = file && (picked.length === 1 || (isWorthReading(path, file.size) && bytes <= maxFileSize * 4))
    bytes += isRead ? file.size : 0
    files.push(isRead ? { path, text: await textOf(file) } : { path })
  }
  return files
}

/** The folder all of them lay in, else the only one's name. */
export function nameOf(files: readonly ImportFile[]): string {
  const [first = '', ...others] = new Set(files.map(({ path }) => files.length > 1 && path.includes('/') ? path.split('/')[0] : path))
  return others.length ? '' : first
}

/** A file that is gone or may not be read is listed as such. */
async function textOf(file: File): Promise<string | undefined> {
  try {
    return await readText(file)
  }
  catch {
    return undefined
  }
}

/** Undefined for what is gone or may not be read. */
function fileOf(entry: FileSystemFileEntry): Promise<File | undefined> {
  return new Promise(resolve => entry.file(resolve, () => resolve(undefined)))
}

/** The next entries; none at the end, and where the folder may not be read. */
function nextIn(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise(resolve => reader.readEntries(resolve, () => resolve([])))
}

async function walk(entries: readonly FileSystemEntry[]): Promise<Picked[]> {
  const found: Picked[] = []
  for (const entry of entries) {
    if (entry.isDirectory)
      found.push(...await walk(await inFolder(entry as FileSystemDirectoryEntry)))
    else
      found.push({ path: entry.fullPath.replace(/^\//, ''), file: await fileOf(entry as FileSystemFileEntry) })
  }
  return found
}

/** A folder tells its entries in parts, until there are no more. */
async function inFolder(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (let more = await nextIn(reader); more.length; more = await nextIn(reader))
    all.push(...more)
  return all
}
