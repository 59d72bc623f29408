import { Refusal } from '#lib/refusal'
import { parseHttpUrl } from '#lib/host'

/** A document of somebody else: read member by member, never merged into anything of ours. */
export type Json = { readonly [member: string]: unknown }

const MAX_DEPTH = 32
const MAX_NODES = 10_000

/** Parses a document and counts what is in it before anybody looks closer (federation-security.md 6.1). */
export function parseDocument(bytes: Buffer | string): Json {
  let value: unknown
  try {
    value = JSON.parse(bytes.toString())
  } catch (cause) {
    throw new Refusal('badRequest', 'The document is not JSON', { cause })
  }
  if (!isJson(value)) throw new Refusal('badRequest', 'The document is not a JSON object')
  requireSmall(value)
  return value
}

function requireSmall(value: unknown): void {
  let nodes = 0
  const stack: [unknown, number][] = [[value, 1]]
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [item, depth] = next
    nodes += 1
    if (depth > MAX_DEPTH || nodes > MAX_NODES) throw new Refusal('tooLarge', 'The document is too large or too deep')
    if (typeof item === 'object' && item !== null)
      for (const child of Object.values(item)) stack.push([child, depth + 1])
  }
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One value or many, as peers please; nulls are nothing. Some send lists as objects with numbers for names. */
export function listOf(value: unknown, most: number): unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value.filter((item) => item !== null && item !== undefined).slice(0, most)
  const keys = isJson(value) ? Object.keys(value) : []
  if (keys.length > 0 && keys.every((key) => /^\d+$/.test(key))) return listOf(Object.values(value as Json), most)
  return [value]
}

/** The id of something that is an id, or an object with one. */
export function idOf(value: unknown): string | undefined {
  const [first] = listOf(value, 1)
  const text = isJson(first) ? (first.id ?? first['@id']) : first
  return typeof text === 'string' && parseHttpUrl(text) ? text : undefined
}

export function idsOf(value: unknown, most: number): string[] {
  return listOf(value, most)
    .map((item) => (isJson(item) ? item.id : item))
    .filter((id) => typeof id === 'string')
}

/** The first of the types that is among those that are understood; the first of all when none is. */
export function typeOf(value: Json, known?: ReadonlySet<string>): string {
  const types = listOf(value.type, 10).filter((type) => typeof type === 'string')
  return types.find((type) => known?.has(type)) ?? types[0] ?? ''
}

export function textOf(value: unknown, most: number): string | undefined {
  const text = isJson(value) ? value['@value'] : value
  return typeof text === 'string' ? text.slice(0, most).replaceAll('\0', '').toWellFormed() : undefined
}

/** `content`, or the first of `contentMap` when there is none. */
export function mappedText(value: Json, name: string, most: number): { text: string; language: string | undefined } {
  const map = value[`${name}Map`]
  const entries = isJson(map) ? Object.entries(map).filter(([, text]) => typeof text === 'string') : []
  const own = textOf(value[name], most)
  const entry = entries.find(([, text]) => text === own) ?? entries[0]
  return { text: own ?? textOf(entry?.[1], most) ?? '', language: entry?.[0] }
}

export function flagOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** A moment, clamped so that nothing comes from the future (federation-security.md 5.14). */
export function timeOf(value: unknown, now: Date): Date | undefined {
  if (typeof value !== 'string') return undefined
  const time = Date.parse(value)
  if (Number.isNaN(time) || time < Date.UTC(1970, 0, 1)) return undefined
  return new Date(Math.min(time, now.getTime()))
}

/** A web address for people: text, a Link, or a list of which the first HTML one counts. */
export function urlOf(value: unknown): string | undefined {
  const links = listOf(value, 20).map((item) =>
    isJson(item) ? { href: item.href ?? item.url, type: item.mediaType } : { href: item, type: undefined },
  )
  const chosen =
    links.find(
      (link) => link.type === undefined || (typeof link.type === 'string' && link.type.startsWith('text/html')),
    ) ?? links[0]
  const href = chosen?.href
  return typeof href === 'string' && parseHttpUrl(href) ? href : undefined
}

/** The file behind an Image or Document, whose `url` may itself be a Link or a list of them. */
export function fileOf(value: unknown): { url: string; mediaType: string | undefined } | undefined {
  const [image] = listOf(value, 1)
  const source = isJson(image) ? (image.url ?? image.href) : image
  const [first] = listOf(source, 1)
  const href = isJson(first) ? (first.href ?? first.url) : first
  if (typeof href !== 'string' || !parseHttpUrl(href)) return undefined
  const type = (isJson(first) ? first.mediaType : undefined) ?? (isJson(image) ? image.mediaType : undefined)
  return { url: href, mediaType: typeof type === 'string' ? type.slice(0, 100) : undefined }
}
