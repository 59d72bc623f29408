import type { PageModel } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'

export type Head = {
  title: string
  description: string
  canonical: string
  isIndexed: boolean
  type: 'article' | 'profile' | 'website'
  image?: string
  /** The words for whoever does not see it. */
  imageAlt?: string
}

const LONGEST_TITLE = 60
const LONGEST_DESCRIPTION = 200

/** What search engines, link previews and tabs are told of a page. Behind a warning only the warning is told. */
export function headOf(model: PageModel): Head {
  const { site } = model
  switch (model.kind) {
    case 'status': {
      const { status } = model
      const words = describe(status)
      const title = `${status.account.display_name || status.account.username}: “${cut(words, LONGEST_TITLE)}”`
      const isIndexed = status.account.indexable && status.visibility === 'public'
      return {
        title,
        description: cut(words, LONGEST_DESCRIPTION),
        canonical: status.url ?? status.uri,
        isIndexed,
        type: 'article',
        ...imageOf(status),
      }
    }
    case 'profile': {
      const { account } = model
      const title = `${account.display_name || account.username} (@${account.username}@${site.domain})`
      return {
        title,
        description: cut(plain(account.note), LONGEST_DESCRIPTION),
        canonical: account.url,
        isIndexed: account.indexable,
        type: 'profile',
        image: account.avatar,
      }
    }
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
        description: `Public posts with #${model.name}`,
        canonical: `${site.url}/tags/${encodeURIComponent(model.name)}`,
        isIndexed: false,
        type: 'website',
      }
    default:
      return {
        title: `${titleOf(model)} · ${site.title}`,
        description: model.kind === 'about' ? site.description : '',
        canonical: `${site.url}/${model.kind === 'about' ? 'about' : ''}`,
        isIndexed: model.kind === 'about',
        type: 'website',
      }
  }
}

const TITLES: Record<string, string> = {
  about: 'About',
  'sign-in': 'Sign in',
  'sign-up': 'Create an account',
  'password-ask': 'A new password',
  'password-new': 'A new password',
  confirm: 'Confirm your address',
  consent: 'Let an app in',
  code: 'Your code',
  appeal: 'Appeal',
  'set-up': 'Set up',
}

function titleOf(model: PageModel): string {
  return 'title' in model ? model.title : (TITLES[model.kind] ?? '')
}

function describe(status: Status): string {
  if (status.spoiler_text !== '') return `Warning: ${status.spoiler_text}`
  const words = plain(status.content ?? '')
  const [picture] = status.sensitive ? [] : status.media_attachments
  return words || picture?.description || 'A picture'
}

/** A link preview shows the first picture, and the author's face where there is none or not everybody may want to see it. */
function imageOf(status: Status): Pick<Head, 'image' | 'imageAlt'> {
  const [picture] = status.sensitive ? [] : status.media_attachments
  const address = picture?.preview_url
  if (!picture || !address) return { image: status.account.avatar }
  return { image: address, ...(picture.description ? { imageAlt: picture.description } : {}) }
}

/** The words of our own stored HTML, for attributes that the renderer escapes. */
function plain(html: string): string {
  const spaced = html.replaceAll(/<br ?\/?>|<\/p>/g, ' ').replaceAll(/<[^>]*>/g, '')
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'", '&amp;': '&' }
  return spaced.replaceAll(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity).trim()
}

function cut(text: string, length: number): string {
  const letters = Array.from(new Intl.Segmenter('en').segment(text), (part) => part.segment)
  return letters.length > length ? `${letters.slice(0, length - 1).join('')}…` : text
}
