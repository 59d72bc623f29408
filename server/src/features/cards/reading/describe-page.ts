import { hostOf } from '#lib/host'
import { readLanguage } from '#lib/language'
import { readArticle, type Article } from './read-article.ts'
import { addressOf, playerAddress, sideOf, type Oembed } from './read-oembed.ts'
import type { PageScan } from './scan-page.ts'

/** What stands behind a link, as it is kept: plain texts and absolute addresses. */
export type PageFacts = {
  url: string
  type: 'link' | 'photo' | 'video'
  title: string
  description: string
  language: string | null
  authorName: string
  authorUrl: string
  providerName: string
  providerUrl: string
  embedUrl: string
  width: number
  height: number
  imageUrl: string | null
  imageDescription: string
  publishedAt: string | null
}

const LONGEST = { title: 300, description: 1_000, name: 200, imageDescription: 1_500 }

/**
 * Chooses among what a page says of itself (mastodon-features, link card fields): linked data before OpenGraph before
 * the title of the document. `pageUrl` is where the page was found in the end; everything else on it may be invented.
 */
export function describePage(scan: PageScan, pageUrl: string, oembed?: Oembed): PageFacts {
  const { metas } = scan
  const article = readArticle(scan.linkedData)
  const author = authorOf(metas, article, pageUrl)
  const first = (...texts: (string | undefined)[]) => texts.find((text) => text !== undefined && text.trim() !== '')
  const og = (name: string) => metas.get(`og:${name}`)
  return {
    url: canonicalOf(scan, pageUrl),
    ...playerOf(metas, pageUrl, oembed),
    title: plain(
      first(oembed?.title, article?.headline, og('title'), metas.get('twitter:title'), scan.title),
      LONGEST.title,
    ),
    description: plain(first(article?.description, og('description'), metas.get('description')), LONGEST.description),
    language: languageOf(article?.language, og('locale'), scan.language),
    authorName: plain(first(oembed?.authorName, author.name), LONGEST.name),
    authorUrl: oembed?.authorUrl ?? author.url ?? '',
    providerName: plain(first(oembed?.providerName, article?.publisher, og('site_name')), LONGEST.name),
    providerUrl: new URL(pageUrl).origin,
    imageUrl: oembed?.imageUrl ?? imageOf(metas, pageUrl) ?? null,
    imageDescription: plain(first(og('image:alt'), metas.get('twitter:image:alt')), LONGEST.imageDescription),
    publishedAt: timeOf(first(article?.published, metas.get('article:published_time'))),
  }
}

/** Another address of the same page counts only on the same host: no page can stand for another site's. */
function canonicalOf({ canonical, metas }: PageScan, pageUrl: string): string {
  const found = addressOf(canonical ?? metas.get('og:url'), pageUrl)
  return found !== undefined && hostOf(found) === hostOf(pageUrl) ? found : pageUrl
}

type Metas = PageScan['metas']
type Player = Pick<PageFacts, 'type' | 'embedUrl' | 'width' | 'height'>

function playerOf(metas: Metas, pageUrl: string, oembed: Oembed | undefined): Player {
  if (oembed) return { type: oembed.type, embedUrl: oembed.embedUrl, width: oembed.width, height: oembed.height }
  const player = playerAddress(metas.get('twitter:player') ?? '', pageUrl)
  const sides = (name: string) => ({
    width: sideOf(metas.get(`${name}:width`)),
    height: sideOf(metas.get(`${name}:height`)),
  })
  return player === undefined
    ? { type: 'link', embedUrl: '', ...sides('og:image') }
    : { type: 'video', embedUrl: player, ...sides('twitter:player') }
}

function imageOf(metas: Metas, pageUrl: string): string | undefined {
  const names = ['og:image:secure_url', 'og:image', 'og:image:url', 'twitter:image', 'twitter:image:src']
  return names.map((name) => addressOf(metas.get(name), pageUrl)).find((address) => address !== undefined)
}

/** Some pages name their author by an address, and some by a name. */
function authorOf(metas: Metas, article: Article | undefined, pageUrl: string) {
  const told = metas.get('article:author') ?? metas.get('og:author')
  const isAddress = told !== undefined && /^https?:/i.test(told.trim())
  return {
    name: article?.author ?? (isAddress ? undefined : told) ?? metas.get('author'),
    url: addressOf(article?.authorUrl, pageUrl) ?? (isAddress ? addressOf(told, pageUrl) : undefined),
  }
}

function languageOf(...tags: (string | undefined)[]): string | null {
  for (const tag of tags) {
    const read = tag === undefined ? undefined : readLanguage(tag)
    if (read !== undefined) return read
  }
  return null
}

function timeOf(text: string | undefined): string | null {
  const time = Date.parse(text ?? '')
  const isPlausible = !Number.isNaN(time) && time > Date.UTC(1400, 0, 1) && time < Date.UTC(3000, 0, 1)
  return isPlausible ? new Date(time).toISOString() : null
}

/** One line of text, cut between characters. */
function plain(text: string | undefined, most: number): string {
  const line = (text ?? '').replaceAll('\0', '').toWellFormed().replaceAll(/\s+/g, ' ').trim()
  return line.length <= most
    ? line
    : `${Array.from(line.slice(0, most * 2))
        .slice(0, most - 1)
        .join('')}…`
}
