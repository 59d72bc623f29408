import type { Account } from '@hamlet/contract/account'
import type { PageModel, Site } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'

/** What search engines read of a page (schema.org ProfilePage, SocialMediaPosting); nothing where they are not welcome. */
export function structuredData(model: PageModel): object | undefined {
  if (model.kind === 'profile' && model.account.indexable) return profilePage(model.account, model.site)
  if (model.kind === 'status' && model.status.account.indexable && model.status.visibility === 'public')
    return { '@context': 'https://schema.org', ...posting(model.status, model.site) }
  return undefined
}

function person(account: Account, site: Site) {
  return {
    '@type': 'Person',
    name: account.display_name || account.username,
    alternateName: `${account.username}@${site.domain}`,
    identifier: `${account.username}@${site.domain}`,
    url: account.url,
    image: account.avatar,
  }
}

function counter(type: string, count: number) {
  return { '@type': 'InteractionCounter', interactionType: `https://schema.org/${type}`, userInteractionCount: count }
}

function profilePage(account: Account, site: Site) {
  return {
    '@context': 'https://schema.org',
    '@type': 'ProfilePage',
    dateCreated: account.created_at,
    mainEntity: {
      ...person(account, site),
      interactionStatistic: [
        counter('FollowAction', account.followers_count),
        counter('WriteAction', account.statuses_count),
      ],
    },
  }
}

/** Behind a warning only the warning is told, as in previews. */
function posting(status: Status, site: Site) {
  const isCovered = status.spoiler_text !== ''
  const pictures = isCovered || status.sensitive ? [] : status.media_attachments.filter(({ type }) => type === 'image')
  return {
    '@type': 'SocialMediaPosting',
    url: status.url ?? status.uri,
    datePublished: status.created_at,
    ...(status.edited_at ? { dateModified: status.edited_at } : {}),
    ...(status.language ? { inLanguage: status.language } : {}),
    author: person(status.account, site),
    text: isCovered ? status.spoiler_text : plain(status.content ?? ''),
    ...(pictures.length > 0 ? { image: pictures.map(({ url }) => url) } : {}),
    interactionStatistic: [
      counter('LikeAction', status.favourites_count),
      counter('ShareAction', status.reblogs_count),
      counter('ReplyAction', status.replies_count),
    ],
  }
}

/** The words of our own stored HTML. */
export function plain(html: string): string {
  const spaced = html.replaceAll(/<br ?\/?>|<\/p>/g, ' ').replaceAll(/<[^>]*>/g, '')
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return spaced.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity).trim()
}
