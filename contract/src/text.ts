/** Grammar of posts, the same in browser and server: what counts, what is a link, a mention, a hashtag. */

export type Entity =
  | { kind: 'url'; start: number; end: number; url: string }
  | { kind: 'mention'; start: number; end: number; username: string; domain?: string }
  | { kind: 'hashtag'; start: number; end: number; name: string }

/** instance configuration, statuses.characters_reserved_per_url */
export const CHARACTERS_PER_URL = 23

const USERNAME = '[a-z0-9_]+(?:[.-]+[a-z0-9_]+)*'
const DOMAIN = '[\\p{L}\\p{N}](?:[\\p{L}\\p{N}_.-]*[\\p{L}\\p{N}])?(?::\\d{1,5})?'
/** Letters and signs that a hashtag may hold; the middle dots join words in Catalan and Japanese. */
const TAG_SIGN = '[\\p{L}\\p{M}\\p{N}_\\u00b7\\u30fb\\u200c]'
const TOKEN = new RegExp(
  `(?<url>(?<![\\p{L}\\p{N}_@/])https?://[^\\s<>"\`\\\\^{|}]+)|(?<![\\p{L}\\p{N}_/@.-])@(?<username>${USERNAME})(?:@(?<domain>${DOMAIN}))?|(?<=^|[\\s(（「『【])[#＃](?<tag>${TAG_SIGN}+)`,
  'giu',
)
const TRAILING = /[.,:;!?'"’”»…、。！？]$/u

/** Every link, mention and hashtag of a text, in order; they never overlap. */
export function findEntities(text: string): Entity[] {
  const found: Entity[] = []
  for (const match of text.matchAll(TOKEN)) {
    const entity = readMatch(match)
    if (entity) found.push(entity)
  }
  return found
}

function readMatch(match: RegExpExecArray): Entity | undefined {
  const { url, username, domain, tag } = match.groups ?? {}
  const start = match.index
  if (url !== undefined) {
    const trimmed = trimUrl(url)
    return URL.canParse(trimmed) ? { kind: 'url', start, end: start + trimmed.length, url: trimmed } : undefined
  }
  const end = start + match[0].length
  if (username !== undefined)
    return { kind: 'mention', start, end, username, ...(domain === undefined ? {} : { domain: domain.toLowerCase() }) }
  return tag !== undefined && /\p{L}/u.test(tag) ? { kind: 'hashtag', start, end, name: tag } : undefined
}

/** Punctuation at the end belongs to the sentence, and so does a bracket that the address did not open. */
function trimUrl(url: string): string {
  let end = url.length
  let open = count(url, '(')
  let closed = count(url, ')')
  for (;;) {
    const last = url[end - 1] as string
    if (last === ')' && closed > open) closed -= 1
    else if (!TRAILING.test(last)) return url.slice(0, end)
    if (last === '(') open -= 1
    end -= 1
  }
}

function count(text: string, character: string): number {
  return text.split(character).length - 1
}

/** The length of a post as it counts against the limit: graphemes, links as 23, remote mentions without their server. */
export function countCharacters(text: string): number {
  let shortened = ''
  let reserved = 0
  let from = 0
  for (const entity of findEntities(text)) {
    if (entity.kind === 'hashtag') continue
    shortened += text.slice(from, entity.start)
    from = entity.end
    if (entity.kind === 'url') reserved += CHARACTERS_PER_URL
    else shortened += `@${entity.username}`
  }
  return reserved + countGraphemes(shortened + text.slice(from))
}

function countGraphemes(text: string): number {
  let total = 0
  for (const _ of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) total += 1
  return total
}

/** The name by which a tag is stored and found: compatibility forms and accents folded, lower case. */
export function normaliseTagName(name: string): string {
  const folded = name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[·・\u200c]/g, '')
  return folded
    .normalize('NFD')
    .replaceAll(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFC')
}
