import { Parser } from 'htmlparser2'
import { parseHttpUrl } from '#lib/host'

/** A photo or a film as its own server describes it for showing elsewhere (oembed.com, 2.3.4). */
export type Oembed = {
  type: 'photo' | 'video'
  title: string | undefined
  authorName: string | undefined
  authorUrl: string | undefined
  providerName: string | undefined
  imageUrl: string | undefined
  /** Of a photo its file, of a film the page that plays it. */
  embedUrl: string
  width: number
  height: number
}

const LARGEST_SIDE = 10_000

/**
 * Reads the answer of an oEmbed endpoint. The HTML that comes with a film is never kept: of it only the address of its
 * frame counts, and only when that lies on the page's own origin, over https. Undefined for all other kinds.
 */
export function readOembed(bytes: Buffer, pageUrl: string): Oembed | undefined {
  const raw = parse(bytes)
  const type = raw?.type
  if (!raw || (type !== 'photo' && type !== 'video')) return undefined
  const embedUrl = type === 'photo' ? addressOf(raw.url, pageUrl) : findFrame(raw.html, pageUrl)
  if (embedUrl === undefined) return undefined
  return {
    type,
    title: textOf(raw.title),
    authorName: textOf(raw.author_name),
    authorUrl: addressOf(raw.author_url, pageUrl),
    providerName: textOf(raw.provider_name),
    imageUrl: type === 'photo' ? embedUrl : addressOf(raw.thumbnail_url, pageUrl),
    embedUrl,
    width: sideOf(raw.width),
    height: sideOf(raw.height),
  }
}

function parse(bytes: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(bytes.toString())
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The address of the first frame in some HTML, if it may be shown as part of the page. */
function findFrame(html: unknown, pageUrl: string): string | undefined {
  if (typeof html !== 'string') return undefined
  let source: string | undefined
  const parser = new Parser({
    onopentag: (name, { src }) => {
      if (name === 'iframe') source ??= src
    },
  })
  parser.write(html.slice(0, 10_000))
  parser.end()
  return source === undefined ? undefined : playerAddress(source, pageUrl)
}

/** A player that may stand for a page: on the page's own origin, and over https. */
export function playerAddress(text: string, pageUrl: string): string | undefined {
  const address = addressOf(text, pageUrl)
  const isOwn = address !== undefined && new URL(address).origin === new URL(pageUrl).origin
  return isOwn && address.startsWith('https:') ? address : undefined
}

/** An address on a page, absolute; undefined for what leads nowhere on the web. */
export function addressOf(value: unknown, pageUrl: string): string | undefined {
  if (typeof value !== 'string' || value.trim() === '' || !URL.canParse(value.trim(), pageUrl)) return undefined
  return parseHttpUrl(new URL(value.trim(), pageUrl).href)?.href
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** A side in pixels, from a number or its text; 0 for what is none. */
export function sideOf(value: unknown): number {
  const side = typeof value === 'string' ? Number(value) : value
  return typeof side === 'number' && Number.isInteger(side) && side > 0 && side <= LARGEST_SIDE ? side : 0
}
