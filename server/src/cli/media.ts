import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sweepAccountFiles } from '#features/accounts'
import { sweepEmojiFiles } from '#features/emojis'
import {
  countOldPictures,
  dropOldPictures,
  findOwnerOfFile,
  refreshPicturesOf,
  sweepMediaFiles,
  type FileOwner,
} from '#features/media'
import { readHost } from '#lib/host'
import { Refusal } from '#lib/refusal'
import { isBlobKey, openBlobs } from '#platform/blobs'
import { print, requireFlag, requireWord, type Arguments } from './command.ts'
import { tellProgress } from './progress.ts'
import { readDays } from './read-days.ts'
import { withContext } from './with-context.ts'

/** What each kind of file is to people; kinds that are not named here are shown by their folder. */
const KINDS: Record<string, string> = {
  original: 'pictures of posts here',
  small: 'their small copies',
  cached: 'pictures of other servers',
  avatar: 'faces of people here',
  header: 'covers of people here',
  emoji: 'emoji of this server',
}

/** Bytes and files by kind. */
export async function showUsage(args: Arguments): Promise<void> {
  const usage = await withContext(async ({ config }) => {
    const folder = join(config.dataDir, 'media')
    const kinds = await readdir(folder).catch(() => [])
    return Promise.all(kinds.map(async (kind) => ({ kind, ...(await measure(join(folder, kind))) })))
  })
  const all = usage.reduce((sum, { bytes }) => sum + bytes, 0)
  const lines = usage.map(({ kind, files, bytes }) => `${megabytes(bytes)}  ${files} files  ${KINDS[kind] ?? kind}`)
  print(args, { usage, bytes: all }, [...lines, `${megabytes(all)}  in all`])
}

async function measure(folder: string): Promise<{ files: number; bytes: number }> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  let [files, bytes] = [0, 0]
  for (const one of names.filter((found) => found.isFile())) {
    // oxlint-disable-next-line no-await-in-loop -- a million at once would open as many files
    const size = (await stat(join(one.parentPath, one.name)).catch(() => undefined))?.size ?? 0
    ;[files, bytes] = [files + 1, bytes + size]
  }
  return { files, bytes }
}

/** Pictures of other servers that nobody looked at for some days. */
export async function removeOld(args: Arguments): Promise<void> {
  const days = readDays(args, 7)
  const isDry = args.flags['dry-run'] === true
  const tell = tellProgress(args)
  const found = await withContext(async (ctx) => {
    const before = new Date(ctx.clock.now().getTime() - days * 24 * 3_600_000)
    const old = await countOldPictures(ctx, before)
    if (!isDry) await dropOldPictures(ctx, before, (done) => tell('pictures', done, old.count))
    return old
  })
  const verb = isDry ? 'would go' : 'go within a minute while the server runs'
  print(args, { ...found, days, dryRun: isDry }, [`${found.count} pictures of ${megabytes(found.bytes)} ${verb}.`])
}

/** Files that no row names: what a process that died has left. */
export async function removeOrphans(args: Arguments): Promise<void> {
  const isDry = args.flags['dry-run'] === true
  const gone = await withContext(async (ctx) => {
    const blobs = openBlobs({ folder: join(ctx.config.dataDir, 'media'), baseUrl: ctx.config.url, isDry })
    const own = { ...ctx, blobs, log: { ...ctx.log, info: () => {} } }
    return (await sweepMediaFiles(own)) + (await sweepAccountFiles(own)) + (await sweepEmojiFiles(own))
  })
  print(args, { files: gone, dryRun: isDry }, [`${gone} files that nothing names ${isDry ? 'would go' : 'are gone'}.`])
}

const WORDS: Record<FileOwner['kind'], string> = {
  post: 'It is on a post.',
  upload: 'It was uploaded, and is on no post.',
  remote: 'It is a copy of a picture of another server.',
}

/** Whose a file is, by its address or key. */
export async function lookUp(args: Arguments): Promise<void> {
  const text = requireWord(args, 0, 'the address of the file')
  const key = text.replace(/^.*\/media\//, '')
  if (!isBlobKey(key)) throw new Refusal('invalid', `"${text}" is no address of a file of this server.`)
  const owner = await withContext((ctx) => findOwnerOfFile(ctx, key))
  if (!owner) throw new Refusal('notFound', 'No post and no upload has this file.')
  const { kind, accountId, statusId, host } = owner
  const details = [accountId && `account ${accountId}`, statusId && `post ${statusId}`, host && `from ${host}`]
  print(args, { key, ...owner }, [WORDS[kind], details.filter(Boolean).join(', ')])
}

/** What was kept of a server's pictures goes, so that they are fetched anew when somebody looks. */
export async function refresh(args: Arguments): Promise<void> {
  const text = requireFlag(args, 'domain')
  const host = readHost(text)
  if (!host) throw new Refusal('invalid', `"${text}" is not a host name such as example.org.`)
  const count = await withContext((ctx) => refreshPicturesOf(ctx, host))
  print(args, { host, pictures: count }, [`${count} pictures of ${host} are fetched anew when somebody looks.`])
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
