import { Fragment, h, type ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'
import type { CustomEmoji } from '@hamlet/contract/emoji'
import { isTag, readHtml, textOf, type HtmlElement, type HtmlNode } from '../lib/html-tree.ts'
import { EmojiText } from './emoji.tsx'
import { Finder, markFound } from './found.tsx'

/** Who is named, so that links to them stay in the app. Public pages give none: their links lead where they were made to. */
export type Links = { mentions: readonly { url: string; acct: string }[] }

/** What of the text is more than text: where it leads, and the emoji that stand in it. */
type Around = { links?: Links; emojis?: readonly CustomEmoji[]; finder?: RegExp | undefined }

/** Cleaned HTML as elements. The same on the server and in the browser. */
export function Html({ html, ...around }: { html: string } & Around) {
  return <HtmlTree nodes={readHtml(html)} {...around} />
}

/** Where a screen shows what was found, its words are marked (`Finder`). */
export function HtmlTree({ nodes, ...around }: { nodes: readonly HtmlNode[] } & Around) {
  const finder = useContext(Finder)
  return <>{nodes.map((node) => draw(node, { ...around, finder }))}</>
}

function draw(node: HtmlNode, around: Around): ComponentChildren {
  const { links, emojis, finder } = around
  if (typeof node === 'string')
    return <EmojiText text={node} emojis={emojis} write={(text) => markFound(text, finder)} />
  const children = node.children.map((child) => draw(child, around))
  const { href: _, rel: __, ...attributes } = node.attributes
  if (node.name === 'a') {
    const link = linkProps(node, links)
    return link.href ? h('a', { ...attributes, ...link }, children) : h(Fragment, null, children)
  }
  return node.name === 'br' ? h('br', null) : h(node.name, attributes, children)
}

/** In the app mentions and hashtags stay in it, on public pages in the same window; everything else opens beside it. */
function linkProps(node: HtmlElement, links: Links | undefined): Record<string, string> {
  const href = node.attributes.href ?? ''
  const mention = links?.mentions.find((one) => one.url === href)
  if (mention) return { href: `/@${mention.acct}` }
  const tag = links && isTag(node) ? /#?([^#/]+)\/?$/.exec(textOf(node.children))?.[1] : undefined
  if (tag) return { href: `/tags/${encodeURIComponent(tag)}` }
  if (href === '') return {}
  const isOurs = /\b(?:mention|hashtag)\b/.test(node.attributes.class ?? '')
  if (isOurs && !links) return { href, rel: `nofollow noopener noreferrer${isTag(node) ? ' tag' : ''}` }
  const isOwn = node.attributes.rel === 'me'
  return {
    href,
    target: '_blank',
    rel: `nofollow noopener noreferrer${isTag(node) ? ' tag' : ''}${isOwn ? ' me' : ''}`,
  }
}
