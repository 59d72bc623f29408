import { Parser } from 'htmlparser2'

/** What a page says of itself, as it stands there: nothing of it is believed or cleaned yet. */
export type PageScan = {
  /** `<meta>` by name or property in lower case; the first of each counts. */
  metas: ReadonlyMap<string, string>
  title: string
  language: string | undefined
  canonical: string | undefined
  /** Where the page says that it is described as oEmbed (oembed.com, 4). */
  oembed: string | undefined
  /** Scripts of linked data, as text. */
  linkedData: readonly string[]
}

/** Elements that are open at once; each costs a look at those around it, so a page that nests without end is left there. */
const MAX_DEPTH = 512
const MOST_METAS = 300
const LONGEST = { meta: 4_000, title: 1_000, address: 2_048, script: 100_000 }
const MOST_SCRIPTS = 10
const LINKED_DATA = 'application/ld+json'
const OEMBED = 'application/json+oembed'

type Scan = {
  metas: Map<string, string>
  titles: string[]
  language: string | undefined
  canonical: string | undefined
  oembed: string | undefined
  linkedData: string[]
  /** What the text that comes belongs to. */
  within: 'title' | 'script' | undefined
  depth: number
}

class TooDeep extends Error {}

/** Reads a page with a parser, so that what only looks like an element to one reader and not to another is none. */
export function scanPage(html: string): PageScan {
  const scan: Scan = {
    metas: new Map(),
    titles: [],
    language: undefined,
    canonical: undefined,
    oembed: undefined,
    linkedData: [],
    within: undefined,
    depth: 0,
  }
  const parser = new Parser({
    onopentag: (name, attributes) => open(scan, name, attributes),
    ontext: (text) => take(scan, text),
    onclosetag: () => {
      scan.depth -= 1
      scan.within = undefined
    },
  })
  try {
    parser.write(html.replaceAll('\0', ''))
    parser.end()
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
  }
  return { ...scan, title: scan.titles[0] ?? '' }
}

type Attributes = Record<string, string>

function open(scan: Scan, name: string, attributes: Attributes): void {
  scan.depth += 1
  if (scan.depth > MAX_DEPTH) throw new TooDeep()
  scan.within = undefined
  if (name === 'html') scan.language ??= attributes.lang?.slice(0, 64)
  if (name === 'meta') keepMeta(scan, attributes)
  if (name === 'link') keepLink(scan, attributes)
  if (name === 'title') {
    scan.titles.push('')
    scan.within = scan.titles.length === 1 ? 'title' : undefined
  }
  const isData = name === 'script' && attributes.type?.trim().toLowerCase() === LINKED_DATA
  if (isData && scan.linkedData.length < MOST_SCRIPTS) {
    scan.linkedData.push('')
    scan.within = 'script'
  }
}

function take(scan: Scan, text: string): void {
  if (scan.within === 'title') append(scan.titles, text, LONGEST.title)
  if (scan.within === 'script') append(scan.linkedData, text, LONGEST.script)
}

function append(texts: string[], text: string, most: number): void {
  const last = texts.length - 1
  texts[last] = `${texts[last] ?? ''}${text.slice(0, most)}`.slice(0, most)
}

function keepMeta(scan: Scan, { property, name, content }: Attributes): void {
  const key = (property ?? name ?? '').trim().toLowerCase()
  if (key === '' || key.length > 100 || content === undefined || scan.metas.size >= MOST_METAS) return
  if (content.trim() !== '' && !scan.metas.has(key)) scan.metas.set(key, content.slice(0, LONGEST.meta))
}

function keepLink(scan: Scan, { rel = '', type = '', href }: Attributes): void {
  if (href === undefined || href.length > LONGEST.address) return
  const words = rel.toLowerCase().split(/\s+/)
  if (words.includes('canonical')) scan.canonical ??= href
  if (words.includes('alternate') && type.trim().toLowerCase() === OEMBED) scan.oembed ??= href
}
