import { mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Context } from '#platform/context'

/** Apart from the pictures that everybody may see. */
export const folderOf = (ctx: Context): string => join(ctx.config.dataDir, 'archives')
export const pathOf = (ctx: Context, fileName: string): string => join(folderOf(ctx), fileName)

export async function makeFolder(ctx: Context): Promise<void> {
  await mkdir(folderOf(ctx), { recursive: true, mode: 0o700 })
}

export async function dropArchive(ctx: Context, fileName: string): Promise<void> {
  await rm(pathOf(ctx, fileName), { force: true })
  await rm(`${pathOf(ctx, fileName)}.part`, { force: true })
}

/** Names of all archives that lie there, begun ones too. */
export async function listArchives(ctx: Context): Promise<string[]> {
  const names = await readdir(folderOf(ctx)).catch(() => [])
  return names.filter((name) => /^[0-9a-f]{48}\.zip(\.part)?$/.test(name))
}
