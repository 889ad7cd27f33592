import { join } from 'node:path'
import { installIn } from '../support/ownInstall.ts'

/** The others we compare with have an install of their own: nobody who runs or tests this project carries them. */
export const peersFolder = join(import.meta.dirname, 'peers')

/** Installs them where that has not been done; answers whether they are there. */
export function installPeers(leave: (text: string) => void): boolean {
  const isThere = installIn(peersFolder)
  if (!isThere)
    leave('express-pouchdb and TinyBase could not be installed; nothing is compared with them.')
  return isThere
}
