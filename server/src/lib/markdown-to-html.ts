import { escapeHtml } from './escape.ts'
import { parseHttpUrl } from './host.ts'
import { linkEntities, type Resolvers } from './text-to-html.ts'

export type MarkdownResolvers = Resolvers & {
  /** What links without a host start from. */
  base: string
}

const DEEPEST = 6
const FENCE = /^ {0,3}```/
const HEADING = /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$/
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const QUOTE = /^ {0,3}> ?/
const ITEM = /^( {0,3})(?:[-*+]|(\d{1,9})[.)])[ \t]+(?=\S)/
const INDENT = /^(?: {2,4}|\t)/
/** Each part is bounded, so that no text makes the search long. */
const INLINE =
  /`([^`]{1,1000})`|\[([^[\]]{1,500})\]\(([^\s()]{1,2000})\)|\*\*([^\n]{1,1000}?)\*\*(?!\*)|(?<![\p{L}\p{N}*])\*([^*\s](?:[^*\n]{0,1000}[^*\s])?)\*(?!\*)|(?<![\p{L}\p{N}_])_([^_\s](?:[^_\n]{0,1000}[^_\s])?)_(?![\p{L}\p{N}_])/gu

/**
 * What a team writes at length, as HTML: headings, lists, quotations, code, links, bold and italic of Markdown. HTML in
 * it is shown as it was typed. Plain text comes out as it does everywhere else.
 */
export function markdownToHtml(text: string, resolvers: MarkdownResolvers): string {
  return renderBlocks(text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed().split('\n'), resolvers, 0)
}

type Taken = { html: string; next: number }
type Reader = (lines: readonly string[], at: number, resolvers: MarkdownResolvers, depth: number) => Taken | undefined

const readers: readonly Reader[] = [readFence, readHeading, readQuote, readList]

function renderBlocks(lines: readonly string[], resolvers: MarkdownResolvers, depth: number): string {
  let html = ''
  for (let at = 0; at < lines.length;) {
    const taken = takeBlock(lines, at, resolvers, depth)
    html += taken.html
    at = taken.next
  }
  return html
}

function takeBlock(lines: readonly string[], at: number, resolvers: MarkdownResolvers, depth: number): Taken {
  const line = lines[at] ?? ''
  if (line.trim() === '' || RULE.test(line)) return { html: '', next: at + 1 }
  if (depth < DEEPEST)
    for (const read of readers) {
      const taken = read(lines, at, resolvers, depth)
      if (taken) return taken
    }
  return readParagraph(lines, at, resolvers)
}

function readParagraph(lines: readonly string[], at: number, resolvers: MarkdownResolvers): Taken {
  let next = at + 1
  while (next < lines.length && (lines[next] ?? '').trim() !== '' && !startsBlock(lines[next] ?? '')) next += 1
  const text = lines.slice(at, next).join('\n')
  return { html: `<p>${renderInline(text, resolvers).replaceAll('\n', '<br />')}</p>`, next }
}

const startsBlock = (line: string) => [FENCE, HEADING, RULE, QUOTE, ITEM].some((start) => start.test(line))

/** A page has its own heading above: the highest in a text is the second. */
function readHeading(lines: readonly string[], at: number, resolvers: MarkdownResolvers): Taken | undefined {
  const [, marks, text = ''] = HEADING.exec(lines[at] ?? '') ?? []
  if (marks === undefined || text === '') return undefined
  const name = marks.length <= 2 ? 'h2' : 'h3'
  return { html: `<${name}>${renderInline(text, resolvers)}</${name}>`, next: at + 1 }
}

function readFence(lines: readonly string[], at: number): Taken | undefined {
  if (!FENCE.test(lines[at] ?? '')) return undefined
  const end = lines.findIndex((line, index) => index > at && FENCE.test(line))
  const last = end === -1 ? lines.length : end
  return { html: `<pre><code>${escapeHtml(lines.slice(at + 1, last).join('\n'))}</code></pre>`, next: last + 1 }
}

function readQuote(lines: readonly string[], at: number, resolvers: MarkdownResolvers, depth: number) {
  let next = at
  while (next < lines.length && QUOTE.test(lines[next] ?? '')) next += 1
  if (next === at) return undefined
  const inner = lines.slice(at, next).map((line) => line.replace(QUOTE, ''))
  return { html: `<blockquote>${renderBlocks(inner, resolvers, depth + 1)}</blockquote>`, next }
}

function readList(lines: readonly string[], at: number, resolvers: MarkdownResolvers, depth: number) {
  const first = ITEM.exec(lines[at] ?? '')
  if (!first) return undefined
  const isNumbered = first[2] !== undefined
  let html = ''
  let next = at
  for (;;) {
    const mark = ITEM.exec(lines[next] ?? '')
    if (!mark || (mark[2] !== undefined) !== isNumbered) break
    const item = [(lines[next] ?? '').slice(mark[0].length)]
    next += 1
    while (next < lines.length && belongs(lines, next)) item.push((lines[next++] ?? '').replace(INDENT, ''))
    html += `<li>${renderItem(item, resolvers, depth)}</li>`
    if ((lines[next] ?? '').trim() === '' && ITEM.test(lines[next + 1] ?? '')) next += 1
  }
  const start = isNumbered && first[2] !== '1' ? ` start="${Number(first[2])}"` : ''
  return { html: isNumbered ? `<ol${start}>${html}</ol>` : `<ul>${html}</ul>`, next }
}

/** Goes on with an item: what is further in, also after an empty line, and words that go on without a mark. */
function belongs(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? ''
  if (line.trim() === '') return INDENT.test(lines[at + 1] ?? '')
  return INDENT.test(line) || !startsBlock(line)
}

function renderItem(lines: readonly string[], resolvers: MarkdownResolvers, depth: number): string {
  const html = renderBlocks(lines, resolvers, depth + 1)
  // An item of one paragraph is no paragraph.
  const inner = /^<p>((?:(?!<p>).)*)<\/p>(?=$|<[uo]l)/s.exec(html)
  return inner ? `${inner[1]}${html.slice(inner[0].length)}` : html
}

function renderInline(text: string, resolvers: MarkdownResolvers): string {
  let html = ''
  let from = 0
  for (const match of text.matchAll(INLINE)) {
    const [whole, code, label, href, bold, star, line] = match
    const link = href === undefined ? undefined : readLink(href, resolvers.base)
    if (href !== undefined && link === undefined) continue
    html += linkEntities(text.slice(from, match.index), resolvers)
    from = match.index + whole.length
    if (code !== undefined) html += `<code>${escapeHtml(code)}</code>`
    else if (label !== undefined && link !== undefined)
      html += `<a href="${escapeHtml(link)}" rel="nofollow noopener">${escapeHtml(label)}</a>`
    else if (bold !== undefined) html += `<strong>${renderInline(bold, resolvers)}</strong>`
    else html += `<em>${renderInline(star ?? line ?? '', resolvers)}</em>`
  }
  return html + linkEntities(text.slice(from), resolvers)
}

/** Where a link leads; undefined for what no page may lead to. */
function readLink(href: string, base: string): string | undefined {
  if (href.startsWith('/') && !href.startsWith('//')) return parseHttpUrl(`${base}${href}`)?.href
  return parseHttpUrl(href)?.href
}
