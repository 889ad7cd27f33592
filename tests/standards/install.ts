import { installIn } from '../support/ownInstall.ts'
import { toolsFolder } from './tools.ts'

/** Before the first check. */
export function setup(): void {
  if (!installIn(toolsFolder))
    throw new Error('the public tools could not be installed; see above')
}
