/**
 * Posts are HTML that the server has cleaned. Here they are read once more, on the server and in the browser alike, into a
 * tree of the elements below and nothing else; what is none of them is its text. So no word of a stranger is ever given to
 * innerHTML, and a page is the same before and after its script has begun.
 */
export type HtmlNode = string | HtmlElement
export type HtmlElement = { name: string; attributes: Record<string, string>; children: HtmlNode[] }

const ELEMENTS = new Set('p br a span del s pre blockquote code b strong u i em ul ol li h2 h3 ruby rt rp'.split(' '))
const ATTRIBUTES = new Set('href rel class lang start value reversed translate'.split(' '))
const CLASSES = /^(?:(?:h|p|u|dt|e)-[a-z0-9-]+|mention|hashtag|ellipsis|invisible|quote-inline)$/
const LINK = /^(?:https?|gemini|xmpp|magnet|ipfs|ipns|dat|dweb|ssb|gopher):/i
const LONGEST = 200_000
const DEEPEST = 40

const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:[^>"']|"[^"]*"|'[^']*')*)>|<!--[^]*?-->/y
const ATTRIBUTE = /([a-zA-Z][a-zA-Z-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g

/** Reads at most 200,000 characters, 40 deep. Never throws; what is left open is closed at the end. */
export function readHtml(html: string): HtmlNode[] {
  const source = html.slice(0, LONGEST)
  const root: HtmlElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  let at = 0
  while (at < source.length) {
    const next = source.indexOf('<', at)
    const end = next === -1 ? source.length : next
    if (end > at) addText(open.at(-1) ?? root, decode(source.slice(at, end)))
    if (next === -1) break
    TAG.lastIndex = next
    const tag = TAG.exec(source)
    // A lone `<` is a character like another.
    if (!tag) addText(open.at(-1) ?? root, '<')
    else if (tag[2]) takeTag(open, tag[1] === '/', tag[2].toLowerCase(), tag[3] ?? '')
    at = tag ? TAG.lastIndex : next + 1
  }
  return root.children
}

function takeTag(open: HtmlElement[], isEnd: boolean, name: string, attributes: string): void {
  if (!ELEMENTS.has(name)) return
  const parent = open.at(-1)
  if (isEnd) {
    const at = open.findLastIndex((one) => one.name === name)
    if (at > 0) open.length = at
    return
  }
  const element: HtmlElement = { name, attributes: readAttributes(attributes), children: [] }
  parent?.children.push(element)
  if (name !== 'br' && open.length < DEEPEST) open.push(element)
}

function readAttributes(source: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', double, single] of source.matchAll(ATTRIBUTE)) {
    const key = name.toLowerCase()
    if (!ATTRIBUTES.has(key)) continue
    const value = decode(double ?? single ?? '')
    if (key === 'class')
      found.class = value
        .split(/\s+/)
        .filter((one) => CLASSES.test(one))
        .join(' ')
    else if (key === 'rel') {
      // Of all that a link may say of itself, only that it leads to the same person is kept.
      if (value.split(/\s+/).includes('me')) found.rel = 'me'
    } else if (key !== 'href' || LINK.test(value)) found[key] = value
  }
  if (found.class === '') delete found.class
  return found
}

function addText(parent: HtmlElement, text: string): void {
  const last = parent.children.at(-1)
  if (typeof last === 'string') parent.children[parent.children.length - 1] = last + text
  else parent.children.push(text)
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00A0' }

function decode(text: string): string {
  return text.includes('&')
    ? text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, tens, hex, name) => {
        const code = tens ? Number(tens) : hex ? Number.parseInt(String(hex), 16) : undefined
        if (code === undefined) return NAMED[String(name).toLowerCase()] ?? whole
        return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD'
      })
    : text
}

/** The words alone. */
export function textOf(nodes: readonly HtmlNode[]): string {
  return nodes
    .map((node) => (typeof node === 'string' ? node : node.name === 'br' ? '\n' : textOf(node.children)))
    .join('')
}

/** A last paragraph that holds nothing but hashtags is a row of them (web-spec 4.3): the rest, and their names. */
export function splitTags(nodes: readonly HtmlNode[]): { body: HtmlNode[]; tags: string[] } {
  const blocks = nodes.filter((node) => typeof node !== 'string' || node.trim() !== '')
  const last = blocks.at(-1)
  if (blocks.length < 2 || typeof last !== 'object' || last.name !== 'p') return { body: [...nodes], tags: [] }
  const parts = last.children.filter((node) => typeof node === 'object' || node.trim() !== '')
  const areTags = parts.length > 0 && parts.every((node) => typeof node === 'object' && isTag(node))
  if (!areTags) return { body: [...nodes], tags: [] }
  return { body: blocks.slice(0, -1), tags: parts.map((node) => textOf([node]).replace(/^#/, '')) }
}

export function isTag(element: HtmlElement): boolean {
  return element.name === 'a' && (element.attributes.class ?? '').split(' ').includes('hashtag')
}
