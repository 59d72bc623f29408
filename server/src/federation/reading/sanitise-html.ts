import { Parser } from 'htmlparser2'
import { escapeHtml } from '#lib/escape'
import { parseHttpUrl } from '#lib/host'

/**
 * HTML of strangers as the subset that apps rely on (federation.md i.1): read by a parser, written anew from what is
 * allowed, so that nothing which only looks harmless gets through. Linear in its input; never throws.
 */
const KEPT = new Set('p br span a del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' '))
const HEADINGS = new Set('h1 h2 h3 h4 h5 h6'.split(' '))
/** Their text becomes a paragraph; what is no block at all keeps its text where it is. */
const BLOCKS = new Set(
  'div section article header footer main aside figure figcaption table tr dl dt dd details summary'.split(' '),
)
/** They go with everything inside. */
const DROPPED = new Set(
  'script style iframe object embed svg math template noscript textarea select title head audio video canvas form'.split(
    ' ',
  ),
)
const VOID = new Set(['br'])
const SCHEMES = new Set('http: https: dat: dweb: ipfs: ipns: ssb: gopher: xmpp: magnet: gemini:'.split(' '))
const CLASS = /^(?:(?:h|p|u|dt|e)-[a-z0-9-]+|mention|hashtag|ellipsis|invisible|quote-inline)$/
const MAX_DEPTH = 30
const MAX_LENGTH = 100_000

type Out = { parts: string[]; length: number; open: string[]; dropped: number; isFull: boolean }

export function sanitiseHtml(html: string): string {
  const out: Out = { parts: [], length: 0, open: [], dropped: 0, isFull: false }
  const parser = new Parser(
    {
      onopentag: (name, attributes) => openTag(out, name, attributes),
      onclosetag: (name) => closeTag(out, name),
      ontext: (text) => {
        if (out.dropped === 0) write(out, escapeHtml(text))
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true, recognizeSelfClosing: false },
  )
  parser.write(
    html
      .slice(0, MAX_LENGTH * 4)
      .replaceAll('\0', '')
      .toWellFormed(),
  )
  parser.end()
  for (const name of out.open.toReversed()) out.parts.push(`</${name}>`)
  return out.parts.join('')
}

function write(out: Out, text: string): void {
  out.isFull ||= out.length + text.length > MAX_LENGTH
  if (out.isFull) return
  out.length += text.length
  out.parts.push(text)
}

function openTag(out: Out, name: string, attributes: Record<string, string>): void {
  if (DROPPED.has(name)) out.dropped += 1
  if (out.dropped > 0 || out.isFull) return
  if (name === 'img') return writePicture(out, attributes)
  const target = HEADINGS.has(name) || BLOCKS.has(name) ? 'p' : name
  if (!KEPT.has(target)) return
  if (VOID.has(target)) return write(out, '<br />')
  if (out.open.length >= MAX_DEPTH) return
  // A paragraph in a paragraph would be closed by every browser anyway.
  if (target === 'p' && out.open.includes('p')) return
  const written = target === 'a' ? linkAttributes(attributes) : attributesOf(target, attributes)
  if (written === undefined) return
  out.open.push(target)
  write(out, `<${target}${written}>${HEADINGS.has(name) ? '<strong>' : ''}`)
  if (HEADINGS.has(name)) out.open.push('strong')
}

function closeTag(out: Out, name: string): void {
  if (DROPPED.has(name)) {
    out.dropped = Math.max(0, out.dropped - 1)
    return
  }
  if (out.dropped > 0) return
  if (HEADINGS.has(name)) closeTag(out, 'strong')
  const target = HEADINGS.has(name) || BLOCKS.has(name) ? 'p' : name
  const at = out.open.lastIndexOf(target)
  if (at === -1) return
  for (const open of out.open.splice(at).toReversed()) out.parts.push(`</${open}>`)
}

function attributesOf(name: string, attributes: Record<string, string>): string {
  const written = classAttribute(name, attributes)
  const translate = name === 'span' && attributes.translate === 'no' ? ' translate="no"' : ''
  const value = name === 'li' && /^-?\d{1,6}$/.test(attributes.value ?? '') ? ` value="${attributes.value}"` : ''
  const start = name === 'ol' && /^-?\d{1,6}$/.test(attributes.start ?? '') ? ` start="${attributes.start}"` : ''
  const reversed = name === 'ol' && 'reversed' in attributes ? ' reversed="reversed"' : ''
  const lang = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(attributes.lang ?? '') ? ` lang="${attributes.lang}"` : ''
  return `${written}${translate}${value}${start}${reversed}${lang}`
}

function classAttribute(name: string, attributes: Record<string, string>): string {
  if (name !== 'a' && name !== 'span' && name !== 'p') return ''
  const kept = (attributes.class ?? '').split(/\s+/).filter((one) => CLASS.test(one))
  return kept.length > 0 ? ` class="${escapeHtml(kept.join(' '))}"` : ''
}

/** A link that leads nowhere allowed is no link; its text stays. */
function linkAttributes(attributes: Record<string, string>): string | undefined {
  const href = (attributes.href ?? '').trim()
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  if (href === '' || /[\u0000-\u001f\u007f\\]/.test(href) || !URL.canParse(href)) return undefined
  const url = new URL(href)
  if (!SCHEMES.has(url.protocol) || url.username !== '' || url.password !== '') return undefined
  const rel = ['nofollow', 'noopener', ...((attributes.rel ?? '').split(/\s+/).includes('tag') ? ['tag'] : [])]
  const translate = attributes.translate === 'no' ? ' translate="no"' : ''
  return ` href="${escapeHtml(href)}"${classAttribute('a', attributes)}${translate} rel="${rel.join(' ')}" target="_blank"`
}

/** Pictures in the text become links to them, so that what they show stays within reach. */
function writePicture(out: Out, attributes: Record<string, string>): void {
  const address = parseHttpUrl(attributes.src)
  const words = (attributes.alt ?? '').trim()
  if (!address) return write(out, escapeHtml(words))
  const shown = escapeHtml(words === '' ? address.host : words)
  if (out.open.includes('a')) return write(out, shown)
  write(out, `<a href="${escapeHtml(address.href)}" rel="nofollow noopener" target="_blank">[${shown}]</a>`)
}

/** The words of some HTML, for warnings and names, which are plain text here. */
export function htmlToText(html: string): string {
  const parts: string[] = []
  let dropped = 0
  const parser = new Parser({
    onopentag: (name) => {
      if (DROPPED.has(name)) dropped += 1
      if (name === 'br') parts.push('\n')
    },
    onclosetag: (name) => {
      if (DROPPED.has(name)) dropped = Math.max(0, dropped - 1)
    },
    ontext: (text) => {
      if (dropped === 0) parts.push(text)
    },
  })
  parser.write(html)
  parser.end()
  return parts
    .join('')
    .replaceAll(/[\u200b\u2060\ufeff]/g, '')
    .trim()
}
