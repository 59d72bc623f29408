import { idOf, isJson, listOf, typeOf, type Json } from './json.ts'

/** What a post says that it quotes. */
export type RemoteQuote = {
  /** The address of the quoted post; undefined when only its grave is named. */
  uri: string | undefined
  isDeleted: boolean
  /** Written before FEP-044f, in a way that knows no leave of the quoted author. */
  isLegacy: boolean
  /** The stamp by which the quoted author agreed, as the quoting one shows it. */
  authorization: string | undefined
}

/** FEP-e232: a link of this kind to an ActivityPub document is a quote. */
export const QUOTE_REL = 'https://misskey-hub.net/ns#_misskey_quote'
const LEGACY = ['_misskey_quote', 'quoteUrl', 'quoteUri'] as const
const MOST_TAGS = 300

/**
 * The one post that a note quotes, whatever the name it is given under (federation.md b.5). BookWyrm writes words under
 * `quote`: they are no address, and so no quote.
 */
export function readQuote(raw: Json): RemoteQuote | undefined {
  const authorization = idOf(raw.quoteAuthorization)
  const [own] = listOf(raw.quote, 1)
  if (isJson(own) && typeOf(own) === 'Tombstone')
    return { uri: idOf(own), isDeleted: true, isLegacy: false, authorization: undefined }
  const uri = idOf(own)
  if (uri) return { uri, isDeleted: false, isLegacy: false, authorization }
  const legacy = LEGACY.map((name) => idOf(raw[name])).find((one) => one !== undefined) ?? readLink(raw)
  return legacy === undefined ? undefined : { uri: legacy, isDeleted: false, isLegacy: true, authorization: undefined }
}

function readLink(raw: Json): string | undefined {
  const links = listOf(raw.tag, MOST_TAGS).filter(isJson)
  const quoting = links.find(
    (tag) => typeOf(tag) === 'Link' && isDocument(tag.mediaType) && listOf(tag.rel, 10).includes(QUOTE_REL),
  )
  return quoting && idOf(quoting.href)
}

function isDocument(mediaType: unknown): boolean {
  if (typeof mediaType !== 'string') return false
  return /^application\/(?:activity\+json|ld\+json\s*;.*activitystreams)/i.test(mediaType)
}
