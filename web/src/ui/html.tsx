import { Fragment, h, type ComponentChildren } from 'preact'

/**
 * Posts are HTML that the server has cleaned. In the browser they are read once more into the elements below and
 * nothing else, so that no text of a stranger is ever given to innerHTML.
 */
const ELEMENTS = new Set(
  'p br span a strong b em i u s del code pre blockquote ul ol li h1 h2 h3 h4 h5 h6 ruby rt rp'.split(' '),
)
const CLASSES = /^(?:mention|hashtag|ellipsis|invisible|u-url|h-card|quote-inline)$/

export type Links = { mentions: readonly { url: string; acct: string }[] }

export function Html({ html, links }: { html: string; links?: Links }) {
  const body = new DOMParser().parseFromString(html, 'text/html').body
  return <>{[...body.childNodes].map((node) => convert(node, links))}</>
}

function convert(node: Node, links: Links | undefined): ComponentChildren {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent
  if (!(node instanceof Element)) return null
  const children = [...node.childNodes].map((child) => convert(child, links))
  const name = node.localName
  if (!ELEMENTS.has(name)) return h(Fragment, null, children)
  const classes = [...node.classList].filter((one) => CLASSES.test(one)).join(' ')
  const common = classes ? { class: classes } : {}
  if (name === 'a') return h('a', { ...common, ...linkProps(node, links) }, children)
  if (name === 'br') return h('br', null)
  return h(name, common, children)
}

/** Mentions and hashtags stay in the app; everything else opens beside it. */
function linkProps(node: Element, links: Links | undefined): Record<string, string> {
  const href = node.getAttribute('href') ?? ''
  const mention = links?.mentions.find((one) => one.url === href)
  if (mention) return { href: `/@${mention.acct}` }
  const tag = node.classList.contains('hashtag') ? /#?([^#/]+)\/?$/.exec(node.textContent ?? '')?.[1] : undefined
  if (tag) return { href: `/tags/${encodeURIComponent(tag)}` }
  if (!/^https?:\/\//i.test(href)) return {}
  return { href, target: '_blank', rel: 'nofollow noopener noreferrer' }
}
