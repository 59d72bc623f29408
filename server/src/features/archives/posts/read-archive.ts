import { isPublic, readNote, type RemoteNote } from '#federation'
import { parseHttpUrl } from '#lib/host'
import { plainText } from '#lib/plain-text'
import { invalid, Refusal } from '#lib/refusal'
import { openZip, type OpenZip } from '#platform/zip'

const LIMITS = { maxEntries: 200_000, maxEntryBytes: 200 * 1_048_576, maxRatio: 1_000 }
const OUTBOX_BYTES = 128 * 1_048_576
const MOST_POSTS = 100_000
const MOST_PICTURES = 4

type Json = Record<string, unknown>

/** A post of an archive, as far as it can be brought. */
export type OldPost = {
  uri: string
  note: RemoteNote
  published: Date
  visibility: 'public' | 'unlisted' | 'private'
  text: string
  content: string
  /** Files of the archive, with what is said of them. */
  pictures: { name: string; description: string }[]
}
export type OldPosts = {
  actor: string
  posts: OldPost[]
  left: { boosts: number; private_mentions: number; unreadable: number }
}

/** Opens an archive as Mastodon writes it, and as we do. */
export const openArchive = (path: string): Promise<OpenZip> => openZip(path, LIMITS)

/** All that its owner wrote and that can be brought, the oldest first. Refuses what is no such archive. */
export async function readArchive(zip: OpenZip, now: Date): Promise<OldPosts> {
  const actor = await readJson(zip, 'actor.json', 1_048_576)
  const outbox = await readJson(zip, 'outbox.json', OUTBOX_BYTES)
  const id = typeof actor.id === 'string' ? actor.id : undefined
  if (!id || !Array.isArray(outbox.orderedItems))
    throw invalid('The archive does not say whose it is, or what is in it')
  if (outbox.orderedItems.length > MOST_POSTS) throw invalid(`The archive has more than ${MOST_POSTS} posts`)
  const found: OldPosts = { actor: id, posts: [], left: { boosts: 0, private_mentions: 0, unreadable: 0 } }
  for (const item of outbox.orderedItems as unknown[]) {
    const activity = isJson(item) ? item : {}
    if (activity.type === 'Announce') found.left.boosts += 1
    else {
      const post = readPost(zip, id, activity, now)
      if (post === 'direct') found.left.private_mentions += 1
      else if (post) found.posts.push(post)
      else found.left.unreadable += 1
    }
  }
  found.posts.sort((a, b) => a.published.getTime() - b.published.getTime())
  return found
}

function readPost(zip: OpenZip, actor: string, activity: Json, now: Date): OldPost | 'direct' | undefined {
  const raw = isJson(activity.object) ? activity.object : undefined
  if (activity.type !== 'Create' || !raw) return undefined
  const note = tryNote(raw, now)
  // Only what the owner of the archive wrote: nobody brings the words of others as their own.
  if (!note?.published || note.published > now || note.attributedTo.length !== 1) return undefined
  if (note.attributedTo[0]?.id !== actor) return undefined
  const visibility = visibilityOf(note)
  if (visibility === 'direct') return 'direct'
  const content = note.content + pollOf(raw)
  const pictures = picturesOf(zip, raw)
  if (plainText(content).trim() === '' && pictures.length === 0) return undefined
  return { uri: note.id, note, published: note.published, visibility, content, text: plainText(content), pictures }
}

function tryNote(raw: Json, now: Date): RemoteNote | undefined {
  try {
    return readNote(raw, now)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}

function visibilityOf({ to, cc }: RemoteNote): OldPost['visibility'] | 'direct' {
  if (to.some(isPublic)) return 'public'
  if (cc.some(isPublic)) return 'unlisted'
  return [...to, ...cc].some((one) => /\/followers\/?$/.test(one)) ? 'private' : 'direct'
}

/** What was asked and answered, as words: nobody can vote any more. */
function pollOf(raw: Json): string {
  const options = [raw.oneOf, raw.anyOf].find(Array.isArray) as unknown[] | undefined
  const names = (options ?? []).flatMap((one) => (isJson(one) && typeof one.name === 'string' ? [one.name] : []))
  return names
    .slice(0, 20)
    .map((name) => `<p>• ${name.slice(0, 500).replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)
    .join('')
}

function picturesOf(zip: OpenZip, raw: Json): OldPost['pictures'] {
  const list = Array.isArray(raw.attachment) ? (raw.attachment as unknown[]) : []
  return list
    .flatMap((one) => {
      const name = isJson(one) && typeof one.url === 'string' ? nameOf(zip, one.url) : undefined
      const words = isJson(one) && typeof one.name === 'string' ? one.name : ''
      return name === undefined ? [] : [{ name, description: words.slice(0, 1_500) }]
    })
    .slice(0, MOST_PICTURES)
}

/** The file of an address: archives name their files by the path of it. */
function nameOf(zip: OpenZip, url: string): string | undefined {
  const path = (parseHttpUrl(url)?.pathname ?? url).replace(/^\/+/, '')
  return [path, path.replace(/^system\//, ''), path.replace(/^media\//, '')].find((one) => zip.names.has(one))
}

async function readJson(zip: OpenZip, name: string, maxBytes: number): Promise<Json> {
  const content = await zip.read(name, maxBytes)
  if (!content) throw invalid(`The archive has no ${name}`)
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
    if (isJson(json)) return json
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause
  }
  throw invalid(`${name} of the archive cannot be read`)
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
