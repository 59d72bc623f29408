import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openTown } from '../../scripts/town-process.ts'
import { startTown, type Scenario } from '../scenario.ts'
import { AUTHORS, POSTS, writePosts } from './search.ts'

const PICTURES = 2_000
const PICTURE_BYTES = 50_000

/** A backup of a server that runs, its proof, and its restore in an empty folder. */
export const backup: Scenario = {
  name: 'backup',
  what: `backup, verify and restore of ${POSTS.toLocaleString('en')} posts and ${PICTURES.toLocaleString('en')} pictures`,
  run: async (stage) => {
    const { town, inside } = await startTown(stage)
    const names = Array.from({ length: AUTHORS }, (_, index) => `author_${index}`)
    await writePosts(inside, Object.values(await inside.people(...names)))
    writePictures(join(town.dataDir, 'media/status'))
    const made = town.hamlet('backup')
    const verified = town.hamlet('backup', 'verify', made.file as string)
    const empty = stage.stack.use(await openTown())
    const restored = empty.hamlet('restore', made.file as string)
    if (Number(restored.rows) < POSTS || Number(restored.files) < PICTURES) throw new Error('Not everything came back')
    return [
      { id: 'backup.make', what: 'hamlet backup', value: Number(made.seconds), unit: 's' },
      { id: 'backup.size', what: 'its file', value: Number(made.bytes) / 1e6, unit: 'MB' },
      { id: 'backup.verify', what: 'hamlet backup verify', value: Number(verified.seconds), unit: 's' },
      { id: 'backup.restore', what: 'hamlet restore', value: Number(restored.seconds), unit: 's' },
    ]
  },
}

/** Noise, since pictures cannot be packed any further. */
function writePictures(folder: string): void {
  for (let index = 0; index < PICTURES; index += 1) {
    const name = randomBytes(24).toString('hex')
    mkdirSync(join(folder, name.slice(0, 2)), { recursive: true })
    writeFileSync(join(folder, name.slice(0, 2), `${name}.webp`), randomBytes(PICTURE_BYTES))
  }
}
