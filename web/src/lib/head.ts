import type { PageModel } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'
import { refusalTitle } from '../features/instance/refusals.ts'
import { noticeOf } from '../features/users/notices.ts'
import { t } from '../i18n/words.ts'
import { plain } from './structured-data.ts'
import { formTitle, screenTitle } from './titles.ts'

export type Head = {
  title: string
  description: string
  canonical: string
  isIndexed: boolean
  type: 'article' | 'profile' | 'website'
  image?: string
  /** The words for whoever does not see it. */
  imageAlt?: string
  /** The same in other forms: for feed readers, other servers, and sites that show it. */
  alternates?: { type: string; href: string; title?: string }[]
  /** Who wrote it, as previews of other servers name them. */
  creator?: string
}

/** Pages about the server, which may be found. */
const addresses: Record<string, string> = { about: 'about', moderation: 'about/moderation' }

const LONGEST_TITLE = 60
const LONGEST_DESCRIPTION = 200

/** What search engines, link previews and tabs are told of a page. Behind a warning only the warning is told. */
export function headOf(model: PageModel): Head {
  const { site } = model
  switch (model.kind) {
    case 'status':
      return headOfStatus(model)
    case 'profile':
      return headOfProfile(model)
    case 'front':
      return {
        title: site.title,
        description: site.description,
        canonical: `${site.url}/`,
        isIndexed: true,
        type: 'website',
      }
    case 'tag':
      return {
        title: `#${model.name} · ${site.title}`,
        description: t('public.postsWith', 'Public posts with #{tag}', { tag: model.name }),
        canonical: `${site.url}/tags/${encodeURIComponent(model.name)}`,
        isIndexed: false,
        type: 'website',
        alternates: feedsOf(`${site.url}/tags/${encodeURIComponent(model.name)}`, `#${model.name}`),
      }
    case 'embed':
      return {
        title: `${model.status.account.display_name || model.status.account.username} · ${site.title}`,
        description: '',
        canonical: model.status.url ?? model.status.uri,
        isIndexed: false,
        type: 'article',
      }
    case 'text':
      return headOfText(model)
    default:
      return {
        title: [titleOf(model), site.title].filter(Boolean).join(' · '),
        description: model.kind === 'about' ? site.description : '',
        canonical: `${site.url}/${addresses[model.kind] ?? ''}`,
        isIndexed: model.kind in addresses,
        type: 'website',
        ...(model.kind === 'about' && site.cover ? { image: site.cover.url, imageAlt: site.cover.description } : {}),
      }
  }
}

type ModelOf<K extends PageModel['kind']> = Extract<PageModel, { kind: K }>

/** Only the newest version of the terms is for search engines. */
function headOfText({ site, name, day, versions }: ModelOf<'text'>): Head {
  const title = name === 'privacy' ? t('public.privacy', 'Privacy') : t('public.terms', 'Terms of service')
  return {
    title: `${title} · ${site.title}`,
    description: '',
    canonical: `${site.url}/${name === 'privacy' ? 'privacy-policy' : `terms-of-service/${day}`}`,
    isIndexed: versions.length === 0 || versions[0] === day,
    type: 'website',
  }
}

function headOfStatus({ status, site }: ModelOf<'status'>): Head {
  const words = describe(status)
  return {
    title: `${status.account.display_name || status.account.username}: “${cut(words, LONGEST_TITLE)}”`,
    description: cut(words, LONGEST_DESCRIPTION),
    canonical: status.url ?? status.uri,
    isIndexed: status.account.indexable && status.visibility === 'public',
    type: 'article',
    alternates: [
      { type: 'application/activity+json', href: status.uri },
      { type: 'application/json+oembed', href: oembedOf(site.url, status) },
    ],
    creator: `@${status.account.username}@${site.domain}`,
    ...imageOf(status),
  }
}

function headOfProfile({ account, site }: ModelOf<'profile'>): Head {
  const name = account.display_name || account.username
  return {
    title: `${name} (@${account.username}@${site.domain})`,
    description: cut(plain(account.note), LONGEST_DESCRIPTION),
    canonical: account.url,
    isIndexed: account.indexable,
    type: 'profile',
    image: account.avatar,
    alternates: [...feedsOf(account.url, name), { type: 'application/activity+json', href: account.uri }],
    creator: `@${account.username}@${site.domain}`,
  }
}

function feedsOf(url: string, title: string) {
  return [
    { type: 'application/rss+xml', href: `${url}.rss`, title: `${title} (RSS)` },
    { type: 'application/atom+xml', href: `${url}.atom`, title: `${title} (Atom)` },
    { type: 'application/feed+json', href: `${url}/feed.json`, title: `${title} (JSON)` },
  ]
}

function oembedOf(base: string, status: Status): string {
  return `${base}/api/oembed?url=${encodeURIComponent(status.url ?? status.uri)}`
}

function titleOf(model: PageModel): string {
  if (model.kind === 'app') return screenTitle(model.title)
  if (model.kind === 'notice') return noticeOf(model.notice, model.values).title
  if (model.kind === 'refusal') return refusalTitle(model.status)
  return formTitle(model.kind)
}

function describe(status: Status): string {
  if (status.spoiler_text !== '') return t('public.warning', 'Warning: {text}', { text: status.spoiler_text })
  const words = plain(status.content ?? '')
  const [picture] = status.sensitive ? [] : status.media_attachments
  return words || picture?.description || t('public.aPicture', 'A picture')
}

/** A link preview shows the first picture, and the author's face where there is none or not everybody may want to see it. */
function imageOf(status: Status): Pick<Head, 'image' | 'imageAlt'> {
  const [picture] = status.sensitive ? [] : status.media_attachments
  const address = picture?.preview_url
  if (!picture || !address) return { image: status.account.avatar }
  return { image: address, ...(picture.description ? { imageAlt: picture.description } : {}) }
}

function cut(text: string, length: number): string {
  const letters = Array.from(new Intl.Segmenter('en').segment(text), (part) => part.segment)
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : text
}
