import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { useAside } from '../../app/aside.ts'
import { Tabs } from '../../app/column.tsx'
import { navigate, place, savedScroll } from '../../app/router.ts'
import { server } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Finder } from '../../ui/found.tsx'
import { Empty, Icon } from '../../ui/parts.tsx'
import { draft, FIELD } from './draft.ts'
import { OperatorChips, OperatorList } from './helper.tsx'
import { finderOf, splitQuery } from './query.ts'
import { forgetSearch, forgetSearches, recentSearches } from './recent.ts'
import { AllResults, PeopleResults, PostResults, Scope, TagResults } from './results.tsx'
import { searchPath } from './search-field.tsx'
import { TokenField } from './token-field.tsx'

type Tab = 'all' | 'statuses' | 'accounts' | 'hashtags'
const TABS: readonly Tab[] = ['all', 'statuses', 'accounts', 'hashtags']

/** People, posts and hashtags (picture 12a, web-spec 4.9). What is asked, and the tab, stand in the address. */
export function SearchPage() {
  const { query: address } = place.value
  const query = (address.get('q') ?? '').trim()
  const tab = TABS.find((one) => one === address.get('type')) ?? 'all'
  useAside(() => <OperatorList />, [])
  useLayoutEffect(() => {
    draft.value = splitQuery(query)
  }, [query])
  return (
    <>
      <SearchHead query={query} tab={tab} />
      <div class="sheet column-sheet" key={`${query} ${tab}`}>
        {query === '' ? (
          <Begin />
        ) : (
          <Finder.Provider value={finderOf(query)}>
            {tab === 'all' && <AllResults query={query} />}
            {tab === 'statuses' && <PostResults query={query} />}
            {tab === 'accounts' && <PeopleResults query={query} />}
            {tab === 'hashtags' && <TagResults query={query} />}
          </Finder.Provider>
        )}
      </div>
    </>
  )
}

function SearchHead({ query, tab }: { query: string; tab: Tab }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const title = query === '' ? t('search.label', 'Search') : t('search.titleOf', 'Search: {query}', { query })
  useEffect(() => {
    document.title = `${title} · ${server.value.title}`
  }, [title])
  useLayoutEffect(() => {
    const field = document.getElementById(FIELD)
    // Who is typing goes on; who comes to see results hears first where they are.
    if (document.activeElement !== field) (query === '' ? field : heading.current)?.focus({ preventScroll: true })
    scrollTo(0, savedScroll())
  }, [place.value.key])
  const tabs = [
    ['all', t('search.all', 'All')],
    ['statuses', t('search.posts', 'Posts')],
    ['accounts', t('search.people', 'People')],
    ['hashtags', t('search.tags', 'Hashtags')],
  ] as const
  return (
    <header class="column-head search-head">
      <h1 ref={heading} tabIndex={-1} class="visually-hidden">
        {title}
      </h1>
      <search>
        <TokenField />
        <OperatorChips />
      </search>
      {query !== '' && (
        <Tabs
          label={t('search.what', 'What to show')}
          tabs={tabs}
          current={tab}
          choose={(next) => navigate(searchPath(query, next === 'all' ? undefined : next), { replace: true })}
        />
      )}
    </header>
  )
}

/** Before anything is asked: what was looked for here before. */
function Begin() {
  const recent = recentSearches()
  if (recent.length === 0)
    return (
      <>
        <Scope />
        <Empty icon="search" title={t('search.begin', 'Look for somebody')}>
          {t(
            'search.beginText',
            'A name, a hashtag, words of a post, or the whole handle of somebody elsewhere: @name@example.org',
          )}
        </Empty>
      </>
    )
  return (
    <>
      <Scope />
      <section aria-labelledby="recent-searches">
        <div class="list-title search-title">
          <h2 id="recent-searches">{t('search.recent', 'Recent on this device')}</h2>
          <button class="link-button" type="button" onClick={forgetSearches}>
            {t('search.forgetAll', 'Forget all')}
          </button>
        </div>
        <ul class="recent-searches">
          {recent.map((query) => (
            <li key={query}>
              <a href={searchPath(query)}>
                <Icon name="recall" />
                <bdi>{query}</bdi>
              </a>
              <button
                class="icon-button"
                type="button"
                aria-label={t('search.forget', 'Forget {query}', { query })}
                onClick={() => forgetSearch(query)}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}
