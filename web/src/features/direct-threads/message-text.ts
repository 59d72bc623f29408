import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { findEntities } from '@hamlet/contract/text'
import { me, server } from '../../app/session.ts'
import { readHtml, textOf, type HtmlNode } from '../../lib/html-tree.ts'

type Named = Pick<Account, 'acct'>

/** The handles in a text as this server writes them: people here go without its name. */
function handlesIn(text: string): string[] {
  return findEntities(text).flatMap((entity) => {
    if (entity.kind !== 'mention') return []
    const domain = entity.domain?.toLowerCase()
    const name = entity.username.toLowerCase()
    return [domain && domain !== server.value.domain ? `${name}@${domain}` : name]
  })
}

const handleOf = ({ acct }: Named) => acct.toLowerCase()

/** Handles in a text of people whom it is not for: a handle adds nobody here. */
export function findOutsiders(text: string, people: readonly Named[]): string[] {
  const inside = new Set([...people, me.value].map(handleOf))
  return [...new Set(handlesIn(text))].filter((handle) => !inside.has(handle))
}

/** A text as it is sent: everybody whom it is for is named, since that is how it reaches them. */
export function addressed(text: string, people: readonly Named[]): string {
  const named = new Set(handlesIn(text))
  const missing = people.filter((one) => !named.has(handleOf(one)))
  return [...missing.map((one) => `@${one.acct}`), text.trim()].join(' ')
}

function isAddress(node: HtmlNode, urls: ReadonlySet<string>): boolean {
  if (typeof node === 'string') return node.trim() === ''
  if (node.name === 'a') return urls.has(node.attributes.href ?? '')
  return node.name === 'span' && node.children.length > 0 && node.children.every((child) => isAddress(child, urls))
}

function withoutAddresses(nodes: readonly HtmlNode[], urls: ReadonlySet<string>): HtmlNode[] {
  const said = nodes.findIndex((node) => !isAddress(node, urls))
  if (said === -1) return []
  const [first, ...rest] = nodes.slice(said)
  // The space after the last handle goes with it.
  return said > 0 && typeof first === 'string' ? [first.trimStart(), ...rest] : nodes.slice(said)
}

type Words = Pick<Status, 'content' | 'mentions'>

/** What a message says, without the handles in front that only carry it. */
export function messageNodes({ content, mentions }: Words): HtmlNode[] {
  const urls = new Set(mentions.map((one) => one.url))
  const nodes = readHtml(content ?? '')
  const [first, ...rest] = nodes
  if (typeof first !== 'object' || first.name !== 'p') return withoutAddresses(nodes, urls)
  const children = withoutAddresses(first.children, urls)
  return children.length > 0 ? [{ ...first, children }, ...rest] : rest
}

const LONGEST_LINE = 200

/** The same as plain text, for a line in a list. */
export function messageLine(status: Words): string {
  const parts = messageNodes(status).map((node) => textOf([node]))
  return parts.join(' ').replaceAll('\n', ' ').trim().slice(0, LONGEST_LINE)
}
