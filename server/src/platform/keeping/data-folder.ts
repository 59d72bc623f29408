import { link, mkdir, copyFile, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'

/** What of the data folder is made anew, or is no part of a server: everything else is kept. */
const LEFT_OUT = /^(?:pg|pg-location|backups|mail|\.[^/]*)(?:\/|$)/
/** What is fetched again when somebody wants it. */
const FETCHED = /^media\/cached(?:\/|$)/
/** Drafts of files that are being written. */
const DRAFT = /\.(?:part|new)$/

export type Chosen = { name: string; path: string; size: number }

/** Everything in the data folder that a backup holds, by its path below it. */
export async function listKept(dataDir: string, isLocalOnly: boolean): Promise<Chosen[]> {
  const isKept = (name: string) => !LEFT_OUT.test(name) && !DRAFT.test(name) && !(isLocalOnly && FETCHED.test(name))
  return walk(dataDir, dataDir, isKept)
}

async function walk(root: string, folder: string, isKept: (name: string) => boolean): Promise<Chosen[]> {
  const found: Chosen[] = []
  const names = await readdir(folder, { withFileTypes: true }).catch(noneIfGone)
  for (const one of names.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, one.name)
    const name = relative(root, path)
    if (!isKept(name)) continue
    if (one.isDirectory()) found.push(...(await walk(root, path, isKept)))
    else if (one.isFile()) {
      const size = (await stat(path).catch(() => undefined))?.size
      if (size !== undefined) found.push({ name, path, size })
    }
  }
  return found
}

/**
 * Holds on to files: a second name of each keeps its bytes, whoever deletes the first. Where the file system gives no
 * second names it is a copy. What is held already stays.
 */
export async function holdFiles(files: readonly Chosen[], folder: string): Promise<void> {
  for (const { name, path } of files) {
    const held = join(folder, name)
    await mkdir(join(held, '..'), { recursive: true, mode: 0o700 })
    await link(path, held).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'EEXIST') return
      await copyFile(path, held).catch(noneIfGone)
    })
  }
}

function noneIfGone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return []
  throw error
}
