import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { extname, join, parse } from 'node:path'
import { addEmoji, listLocalEmojis, readShortcode, removeEmoji } from '#features/emojis'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { print, requireWord, type Arguments } from './command.ts'
import { withContext } from './with-context.ts'

/** What of a folder is taken for pictures; what each really is, its bytes say. */
const PICTURES = new Set(['.avif', '.gif', '.jpeg', '.jpg', '.png', '.webp'])

function readChoices({ flags }: Arguments) {
  return {
    ...(typeof flags.category === 'string' ? { category: flags.category } : {}),
    isListed: flags.unlisted !== true,
    replaces: flags.overwrite === true,
  }
}

function requirePath(path: string, kind: 'file' | 'folder'): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found || found.isFile() !== (kind === 'file')) throw new Refusal('notFound', `There is no ${kind} at ${path}.`)
}

export async function addOne(args: Arguments): Promise<void> {
  const shortcode = readShortcode(requireWord(args, 0, 'what the emoji is called'))
  const path = requireWord(args, 1, 'where its picture is')
  requirePath(path, 'file')
  await withContext((ctx) => addEmoji(ctx, { shortcode, path, ...readChoices(args) })).catch((error: unknown) => {
    if (!(error instanceof Refusal) || error.reason !== 'conflict') throw error
    throw new Refusal('conflict', `${error.message}. --overwrite gives it the new picture.`, { cause: error })
  })
  print(args, { shortcode }, [`:${shortcode}: is here.`])
}

export async function listAll(args: Arguments): Promise<void> {
  const rows = await withContext(listLocalEmojis)
  const emojis = rows.map(({ shortcode, category, visible_in_picker, disabled }) => ({
    shortcode,
    category,
    visible_in_picker,
    disabled,
  }))
  const lines = emojis.map((one) => {
    const marks = [one.category ?? '', one.visible_in_picker ? '' : 'unlisted', one.disabled ? 'disabled' : '']
    return [`:${one.shortcode}:`, ...marks.filter(Boolean)].join('  ')
  })
  print(args, { emojis }, lines.length > 0 ? lines : ['There are no emoji here yet.'])
}

export async function removeOne(args: Arguments): Promise<void> {
  const name = requireWord(args, 0, 'what the emoji is called')
  const { shortcode } = await withContext((ctx) => transact(ctx, (tx) => removeEmoji(tx, name)))
  print(args, { shortcode }, [`:${shortcode}: is gone.`])
}

type Imported = { added: string[]; skipped: { file: string; because: string }[] }

/** One picture that cannot be used does not keep the others away: it is named, with the reason. */
export async function importFolder(args: Arguments): Promise<void> {
  const folder = requireWord(args, 0, 'which folder the pictures are in')
  requirePath(folder, 'folder')
  const files = readdirSync(folder).filter((name) => PICTURES.has(extname(name).toLowerCase()))
  const imported = await withContext((ctx) => importFiles(ctx, folder, files.toSorted(), args))
  const { added, skipped } = imported
  print(args, imported, [
    ...skipped.map(({ file, because }) => `${file}: ${because}`),
    `${added.length} added, ${skipped.length} skipped.`,
  ])
}

async function importFiles(ctx: Context, folder: string, files: readonly string[], args: Arguments): Promise<Imported> {
  const prefix = typeof args.flags.prefix === 'string' ? args.flags.prefix : ''
  const imported: Imported = { added: [], skipped: [] }
  for (const file of files) {
    try {
      // oxlint-disable-next-line no-await-in-loop -- pictures are drawn one after another in any case
      const { shortcode } = await addEmoji(ctx, {
        shortcode: `${prefix}${parse(file).name}`,
        path: join(folder, file),
        ...readChoices(args),
      })
      imported.added.push(shortcode)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      imported.skipped.push({ file, because: error.message })
    }
  }
  return imported
}

/** Writes every emoji of this server into a folder, as `emoji import` takes them elsewhere. */
export async function exportFolder(args: Arguments): Promise<void> {
  const folder = requireWord(args, 0, 'the folder for the pictures')
  const wanted = args.flags.category
  mkdirSync(folder, { recursive: true })
  const names = await withContext(async (ctx) => {
    const written: string[] = []
    for (const emoji of await listLocalEmojis(ctx)) {
      if (typeof wanted === 'string' && emoji.category !== wanted) continue
      // oxlint-disable-next-line no-await-in-loop -- one small file after another
      const picture = emoji.original_key === null ? undefined : await ctx.blobs.get(emoji.original_key)
      if (!picture) continue
      const name = `${emoji.shortcode}${extname(emoji.original_key ?? '')}`
      const isNew = args.flags.overwrite === true ? 'w' : 'wx'
      writeFileSync(join(folder, name), picture, { flag: isNew })
      written.push(name)
    }
    return written
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
    throw new Refusal('conflict', `${error.path} is there already. With --overwrite it is written anew.`)
  })
  print(args, { exported: names }, [`${names.length} emoji are in ${folder}.`])
}
