import type { AdminTrendsLink, AdminTrendsStatus, LinkPublisher } from '@hamlet/contract/discovery'
import type { AdminTag } from '@hamlet/contract/search'
import type { ComponentChildren } from 'preact'
import { t } from '../../i18n/words.ts'
import { readHtml, textOf } from '../../lib/html-tree.ts'
import { weekWords } from '../tags/tag-words.ts'
import { sharedBy, type Standing } from './words.ts'

export type Kind = 'tags' | 'posts' | 'links' | 'publishers'
/** One thing that is talked about, whatever it is: its name, where one looks at it, and a line about it. */
export type Item = Standing & { id: string; name: string; href: string; about: ComponentChildren; author?: string }

const API = '/api/v1/admin/trends'
const MOST = 20

type Way = { path: string; api: string; list: string; read: (given: never) => Omit<Item, keyof Standing | 'id'> }

const readTag = (tag: AdminTag) => ({
  name: `#${tag.name}`,
  href: `/admin/trends/tags/${tag.id}`,
  about: weekWords(tag),
})

const readPost = (post: AdminTrendsStatus) => ({
  author: post.account.id,
  name: `@${post.account.acct}`,
  href: `/@${post.account.acct}/${post.id}`,
  about: textOf(readHtml(post.content ?? '')).trim() || t('trends.noWords', 'No words'),
})

const readLink = (link: AdminTrendsLink) => ({
  name: link.title,
  href: link.url,
  about: `${new URL(link.url).host} · ${sharedBy(link.history.reduce((sum, day) => sum + Number(day.accounts), 0))}`,
})

const readPublisher = ({ domain }: LinkPublisher) => ({
  name: domain,
  href: `https://${domain}/`,
  about: t('trends.allLinks', 'All links to it, where nothing else was decided of one'),
})

/** Where each kind stands in the app, and where it is asked for and decided. */
export const ways: Record<Kind, Way> = {
  tags: { path: '/admin/trends', api: `${API}/tags`, list: `${API}/tags?limit=${MOST}`, read: readTag },
  posts: {
    path: '/admin/trends/posts',
    api: `${API}/statuses`,
    list: `${API}/statuses?limit=${MOST}`,
    read: readPost,
  },
  links: { path: '/admin/trends/links', api: `${API}/links`, list: `${API}/links?limit=${MOST}`, read: readLink },
  publishers: {
    path: '/admin/trends/publishers',
    api: `${API}/links/publishers`,
    list: `${API}/links/publishers?limit=100`,
    read: readPublisher,
  },
}

type Raw = Standing & { id: string | number }

/** What the server says of one, as a row shows it. */
export function readItem(kind: Kind, given: Raw): Item {
  const { requires_review, trendable } = given
  return { ...ways[kind].read(given as never), id: String(given.id), requires_review, trendable }
}
