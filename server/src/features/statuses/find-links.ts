import { linksOf, type HtmlLink } from '#federation'
import { hostOf, parseHttpUrl } from '#lib/host'
import type { Context } from '#platform/context'

const LONGEST = 2_048
/** Profiles and hashtags: they lead to people and posts, not to pages (mastodon-features, link previews). */
const NO_PAGES = new Set(['mention', 'hashtag', 'u-url', 'h-card'])

/**
 * The pages that a post's HTML leads to, in its order: no mentions and hashtags, and nothing of our own. What stands
 * behind # is for readers, and does not make it another page.
 */
export function findLinks(ctx: Pick<Context, 'config'>, html: string): string[] {
  const own = new Set([ctx.config.domain, new URL(ctx.config.url).host])
  return linksOf(html)
    .filter((link) => !isOfPost(link))
    .flatMap(({ href }) => {
      const url = parseHttpUrl(href)
      if (!url || own.has(hostOf(url) ?? '')) return []
      url.hash = ''
      return url.href.length <= LONGEST ? [url.href] : []
    })
}

function isOfPost({ classes, rel }: HtmlLink): boolean {
  return rel.includes('tag') || classes.some((one) => NO_PAGES.has(one))
}
