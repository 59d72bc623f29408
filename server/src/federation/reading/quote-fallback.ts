import { Parser } from 'htmlparser2'

/** A part of cleaned HTML, from its first character to behind its last. */
type Part = { start: number; end: number; hrefs: string[]; text: string; isMarked: boolean }
type Open = Part & { name: string }

const MARK = 'quote-inline'

/**
 * Takes the words that stand in for a quote out of a post whose quote is shown (federation.md b.5): what is marked as
 * such, or a last paragraph "RE: address". Only what leads to the quoted post is taken away, so that nobody hides words
 * of their own; a mark on anything else is taken off (federation-security.md 7.7).
 */
export function hideQuoteFallback(html: string, quotedAddresses: readonly string[]): string {
  if (!html.includes(MARK) && !/\bRE:/i.test(html)) return html
  const parts = findParts(html)
  const leads = (part: Part) => part.hrefs.length > 0 && part.hrefs.every((href) => quotedAddresses.includes(href))
  const last = parts.filter((part) => !part.isMarked).at(-1)
  const isBare = (part: Part) =>
    part === last && part.end === html.length && part.hrefs.length === 1 && /^\s*RE:\s*\S+\s*$/i.test(part.text)
  const hidden = parts.filter((part) => (part.isMarked || isBare(part)) && leads(part))
  let shown = ''
  let from = 0
  for (const part of hidden.toSorted((a, b) => a.start - b.start)) {
    if (part.start < from) continue
    shown += html.slice(from, part.start)
    from = part.end
  }
  return unmark(shown + html.slice(from))
}

/** Every paragraph, and every marked element. */
function findParts(html: string): Part[] {
  const parts: Part[] = []
  const open: Open[] = []
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        const isMarked = (attributes.class ?? '').split(' ').includes(MARK)
        open.push({ name, start: parser.startIndex, end: 0, hrefs: [], text: '', isMarked })
        if (attributes.href) for (const part of open) part.hrefs.push(attributes.href)
      },
      ontext: (text) => {
        for (const part of open) part.text += text
      },
      onclosetag: () => {
        const part = open.pop()
        if (part && (part.name === 'p' || part.isMarked)) parts.push({ ...part, end: parser.endIndex + 1 })
      },
    },
    { decodeEntities: true },
  )
  parser.write(html)
  parser.end()
  return parts
}

function unmark(html: string): string {
  return html.replaceAll(/ class="([^"]*)"/g, (written, names: string) => {
    const kept = names.split(' ').filter((name) => name !== MARK)
    if (!names.includes(MARK)) return written
    return kept.length > 0 ? ` class="${kept.join(' ')}"` : ''
  })
}
