import { Fragment, h, type ComponentChildren } from 'preact'
import { isTag, readHtml, textOf, type HtmlElement, type HtmlNode } from '../lib/html-tree.ts'

/** Who is named, so that links to them stay in the app. Public pages give none: their links lead where they were made to. */
export type Links = { mentions: readonly { url: string; acct: string }[] }

/** Cleaned HTML as elements. The same on the server and in the browser. */
export function Html({ html, links }: { html: string; links?: Links }) {
  return <HtmlTree nodes={readHtml(html)} {...(links ? { links } : {})} />
}

export function HtmlTree({ nodes, links }: { nodes: readonly HtmlNode[]; links?: Links }) {
  return <>{nodes.map((node) => draw(node, links))}</>
}

function draw(node: HtmlNode, links: Links | undefined): ComponentChildren {
  if (typeof node === 'string') return node
  const children = node.children.map((child) => draw(child, links))
  const { href: _, ...attributes } = node.attributes
  if (node.name === 'a') {
    const link = linkProps(node, links)
    return link.href ? h('a', { ...attributes, ...link }, children) : h(Fragment, null, children)
  }
  return node.name === 'br' ? h('br', null) : h(node.name, attributes, children)
}

/** In the app mentions and hashtags stay in it; everything else opens beside it. */
function linkProps(node: HtmlElement, links: Links | undefined): Record<string, string> {
  const href = node.attributes.href ?? ''
  const mention = links?.mentions.find((one) => one.url === href)
  if (mention) return { href: `/@${mention.acct}` }
  const tag = links && isTag(node) ? /#?([^#/]+)\/?$/.exec(textOf(node.children))?.[1] : undefined
  if (tag) return { href: `/tags/${encodeURIComponent(tag)}` }
  if (href === '') return {}
  return { href, target: '_blank', rel: `nofollow noopener noreferrer${isTag(node) ? ' tag' : ''}` }
}
