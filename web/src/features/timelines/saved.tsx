import type { ComponentChildren } from 'preact'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { searchPath } from '../search/search-field.tsx'
import { usualView, type Arrangement } from './arrange.ts'
import { TimelinePage } from './timeline-page.tsx'

const open: Arrangement = { view: { ...usualView, grouped: false }, hidesDirect: false }

/** What one kept for later; nobody else sees it (web-spec 4.14). */
export function BookmarksPage() {
  return (
    <TimelinePage
      title={t('timelines.bookmarks', 'Bookmarks')}
      path="/api/v1/bookmarks"
      how={open}
      above={<SearchWithin where="in:bookmarks" label={t('timelines.searchBookmarks', 'Search your bookmarks')} />}
      empty={{
        icon: 'bookmark',
        title: t('timelines.bookmarksEmpty', 'No bookmarks yet'),
        text: (
          <Begin>
            {t(
              'timelines.bookmarksEmptyText',
              'Keep a post for later with the ribbon under it. Nobody else sees this list.',
            )}
          </Begin>
        ),
      }}
    />
  )
}

/** What one gave a heart. The server searches favourites together with all else that one saved. */
export function FavouritesPage() {
  return (
    <TimelinePage
      title={t('timelines.favourites', 'Favourites')}
      path="/api/v1/favourites"
      how={open}
      above={<SearchWithin where="in:library" label={t('timelines.searchLibrary', 'Search all that you saved')} />}
      empty={{
        icon: 'favourite',
        title: t('timelines.favouritesEmpty', 'No favourites yet'),
        text: (
          <Begin>
            {t('timelines.favouritesEmptyText', 'The heart under a post thanks its author, and keeps the post here.')}
          </Begin>
        ),
      }}
    />
  )
}

function Begin({ children }: { children: ComponentChildren }) {
  return (
    <>
      {children} <a href="/explore">{t('timelines.lookAround', 'See what is talked about')}</a>
    </>
  )
}

/** Goes to the search with its operator set: words alone are asked for here. */
function SearchWithin({ where, label }: { where: 'in:bookmarks' | 'in:library'; label: string }) {
  return (
    <search class="saved-search">
      <form
        class="search-field"
        action="/search"
        onSubmit={(event) => {
          event.preventDefault()
          const words = new FormData(event.currentTarget).get('words')
          navigate(searchPath(`${where} ${typeof words === 'string' ? words.trim() : ''}`.trim(), 'statuses'))
        }}
      >
        <Icon name="search" />
        <input type="search" name="words" aria-label={label} placeholder={label} enterkeyhint="search" dir="auto" />
      </form>
    </search>
  )
}
