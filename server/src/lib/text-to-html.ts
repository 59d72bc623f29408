import { findEntities, type Entity, type MentionEntity } from '@hamlet/contract/text'
import { escapeHtml } from './escape.ts'

export type Resolvers = {
  /** Where a mention leads and how it is shown after the @; undefined leaves it as plain text. */
  mention: (mention: MentionEntity) => { href: string; acct: string } | undefined
  tagUrl: (name: string) => string
  /** Whether links in the text are the writer's own pages: they say `rel=me`. */
  isOwn?: boolean
}

const SHOWN_LENGTH = 30

/** Plain text as the HTML that Mastodon makes of it: paragraphs, breaks, shortened links, mentions, hashtags. */
export function textToHtml(text: string, resolvers: Resolvers): string {
  const lines = text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed()
  return linkEntities(lines, resolvers)
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replaceAll(/^\n|\n$/g, ''))
    .filter((paragraph) => paragraph.trim() !== '')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`)
    .join('')
}

export function linkEntities(text: string, resolvers: Resolvers): string {
  let html = ''
  let from = 0
  for (const entity of findEntities(text)) {
    html += escapeHtml(text.slice(from, entity.start))
    from = entity.end
    html += renderEntity(entity, text.slice(entity.start, entity.end), resolvers)
  }
  return html + escapeHtml(text.slice(from))
}

function renderEntity(entity: Entity, written: string, resolvers: Resolvers): string {
  if (entity.kind === 'url') return renderLink(entity.url, resolvers.isOwn)
  if (entity.kind === 'hashtag') {
    return `<a href="${escapeHtml(resolvers.tagUrl(entity.name))}" class="mention hashtag" rel="tag">#<span>${escapeHtml(entity.name)}</span></a>`
  }
  const person = resolvers.mention(entity)
  if (!person) return escapeHtml(written)
  return `<span class="h-card" translate="no"><a href="${escapeHtml(person.href)}" class="u-url mention">@<span>${escapeHtml(person.acct)}</span></a></span>`
}

/** The scheme and the far end are there for machines and copying, hidden from the eye. */
export function renderLink(url: string, isOwn = false): string {
  const scheme = /^https?:\/\/(?:www\.)?/i.exec(url)?.[0] ?? ''
  const rest = url.slice(scheme.length)
  // Cut between characters, never through the two halves of one.
  const shown = Array.from(rest.slice(0, SHOWN_LENGTH * 2))
    .slice(0, SHOWN_LENGTH)
    .join('')
  const hidden = rest.slice(shown.length)
  const parts = `<span class="invisible">${escapeHtml(scheme)}</span><span class="${hidden === '' ? '' : 'ellipsis'}">${escapeHtml(shown)}</span><span class="invisible">${escapeHtml(hidden)}</span>`
  return `<a href="${escapeHtml(url)}" target="_blank" rel="nofollow noopener${isOwn ? ' me' : ''}" translate="no">${parts}</a>`
}
