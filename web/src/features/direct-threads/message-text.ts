import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { findEntities } from '@hamlet/contract/text'
import { me, server } from '../../app/session.ts'

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

function isAddress(node: ChildNode, urls: ReadonlySet<string>): boolean {
  if (node.nodeType === Node.TEXT_NODE) return node.textContent?.trim() === ''
  if (!(node instanceof Element)) return false
  const link = node.localName === 'a' ? node : node.children.length === 1 ? node.querySelector(':scope > a') : null
  return link !== null && node.textContent === link.textContent && urls.has(link.getAttribute('href') ?? '')
}

/** What a message says, without the handles in front that only carry it. */
function readBody(status: Pick<Status, 'content' | 'mentions'>): HTMLElement {
  const { body } = new DOMParser().parseFromString(status.content ?? '', 'text/html')
  const urls = new Set(status.mentions.map((one) => one.url))
  const first = body.firstElementChild?.localName === 'p' ? body.firstElementChild : body
  while (first.firstChild && isAddress(first.firstChild, urls)) first.firstChild.remove()
  return body
}

export function messageHtml(status: Pick<Status, 'content' | 'mentions'>): string {
  const serialiser = new XMLSerializer()
  return [...readBody(status).childNodes].map((node) => serialiser.serializeToString(node)).join('')
}

const LONGEST_LINE = 200

/** The same as plain text, for a line in a list. */
export function messageLine(status: Pick<Status, 'content' | 'mentions'>): string {
  const body = readBody(status)
  for (const end of body.querySelectorAll('br')) end.replaceWith(' ')
  const parts = [...body.childNodes].map((node) => node.textContent ?? '')
  return parts.join(' ').trim().slice(0, LONGEST_LINE)
}
