import type { TrendsLink } from '@hamlet/contract/discovery'
import { useMemo } from 'preact/hooks'
import { makeFeed } from '../../api/timeline.ts'
import { savesData } from '../../app/reading.ts'
import { language, t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'

type Keyed = TrendsLink & { id: string }

/** Pages that several people link: the first large, then rows with a picture at their end. */
export function News() {
  const feed = useMemo(() => makeFeed<Keyed>('/api/v1/trends/links?limit=20', (link) => (link.id = link.url)), [])
  return (
    <FeedList
      feed={feed}
      empty={{
        icon: 'link',
        title: t('explore.noNews', 'No news yet'),
        text: t('explore.noNewsText', 'Pages that several people link in public posts in these days appear here.'),
      }}
      draw={(link) => <Story key={link.url} link={link} isLead={link.url === feed.items.value[0]?.url} />}
    />
  )
}

function Story({ link, isLead }: { link: TrendsLink; isLead: boolean }) {
  const people = link.history.reduce((sum, day) => sum + Number(day.accounts), 0)
  const words = { dir: 'auto' as const, ...(link.language ? { lang: link.language } : {}) }
  return (
    <article class={isLead && link.image ? 'story story-lead' : 'story'}>
      <div class="story-words">
        <p class="meta" dir="auto">
          {[link.provider_name || new URL(link.url).host, tongueOf(link)].filter(Boolean).join(' · ')}
        </p>
        <h2 {...words}>
          <a href={link.url} target="_blank" rel="nofollow noopener noreferrer">
            {link.title}
          </a>
        </h2>
        <p class="meta">
          <a href={`/links?url=${encodeURIComponent(link.url)}`}>
            {t('explore.shared', 'Shared by {people, plural, one {# person} other {# people}}', { people })}
          </a>
        </p>
      </div>
      {link.image && !savesData() && <img src={link.image} alt={link.image_description} loading="lazy" />}
    </article>
  )
}

/** The language of a page, named in the reader's own; nothing when it is the reader's or not known. */
function tongueOf({ language: code }: TrendsLink): string | undefined {
  if (!code || code.split('-')[0] === language().split('-')[0]) return undefined
  try {
    return new Intl.DisplayNames(language(), { type: 'language' }).of(code)
  } catch {
    return undefined
  }
}
