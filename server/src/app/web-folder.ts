import { join } from 'node:path'

/** Where a build of the web app lies. */
export const webFolder = join(import.meta.dirname, '../../../web/dist')
