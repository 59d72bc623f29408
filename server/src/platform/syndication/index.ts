import { Feed } from 'feed'
import { escapeHtml } from '#lib/escape'

/** RSS 2.0, Atom 1.0 (RFC 4287) and JSON Feed 1. */
export type FeedFormat = 'rss' | 'atom' | 'json'

export type FeedItem = {
  url: string
  title: string
  /** Cleaned HTML. */
  html: string
  at: Date
  updatedAt: Date
  author: { name: string; url: string }
  tags: readonly string[]
  enclosure?: { url: string; type: string }
}

export type FeedChannel = {
  title: string
  description: string
  /** The page that people read. */
  url: string
  /** The feed's own address. */
  feedUrl: string
  image?: string
  author?: { name: string; url: string }
}

export const FEED_TYPES: Record<FeedFormat, string> = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
}

/** Whether XML 1.0 can carry a character (2.2): others have no place in it, however they are escaped. */
const isXml = (letter: string) => {
  const code = letter.codePointAt(0) ?? 0
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d
  return (code < 0xd800 || code > 0xdfff) && code !== 0xfffe && code !== 0xffff
}

/** A feed as text. Without an item it says that it was changed at `now`. */
export function renderFeed(format: FeedFormat, channel: FeedChannel, items: readonly FeedItem[], now: Date): string {
  const clean = (text: string) => Array.from(text).filter(isXml).join('')
  const feed = new Feed({
    id: channel.url,
    link: channel.url,
    title: clean(channel.title),
    description: clean(channel.description),
    feedLinks: { [format]: channel.feedUrl },
    updated: items[0]?.updatedAt ?? now,
    generator: 'Hamlet',
    copyright: '',
    ...(channel.image ? { image: channel.image } : {}),
    ...(channel.author ? { author: { name: clean(channel.author.name), link: channel.author.url } } : {}),
  })
  for (const item of items)
    feed.addItem({
      id: item.url,
      guid: item.url,
      link: item.url,
      // Titles of RSS and Atom are read as HTML; what somebody wrote is text.
      title: format === 'json' ? clean(item.title) : escapeHtml(clean(item.title)),
      content: clean(item.html),
      date: item.updatedAt,
      published: item.at,
      author: [{ name: clean(item.author.name), link: item.author.url }],
      category: item.tags.map((name) => ({ name, term: name })),
      ...(item.enclosure ? { enclosure: { ...item.enclosure, length: 0 } } : {}),
    })
  return format === 'rss' ? feed.rss2() : format === 'atom' ? feed.atom1() : feed.json1()
}
