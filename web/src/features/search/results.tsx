import type { Tag } from '@hamlet/contract/search'
import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { t } from '../../i18n/words.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, FeedList, Skeleton } from '../../ui/states.tsx'
import { PersonRow } from '../profiles/person-row.tsx'
import { StatusCard } from '../statuses/card.tsx'
import { TagLine } from '../tags/tag-line.tsx'
import { makeFound, makeOverview, useKept, type Kind, type Results } from './found.ts'
import { hostOfAddress } from './query.ts'
import { searchPath } from './search-field.tsx'

const MOST_PEOPLE = 3
const MOST_TAGS = 3

function emptyOf(kind: Kind, query: string): { title: string; text: string } {
  if (kind === 'accounts')
    return {
      title: t('search.noPeople', 'Nobody by that name'),
      text: t('search.noPeopleText', 'Somebody whom this server does not know yet is found by the whole handle.'),
    }
  if (kind === 'hashtags')
    return {
      title: t('search.noTags', 'No such hashtag'),
      text: t('search.noTagsText', 'Nobody whose posts came here has used one that begins so.'),
    }
  return {
    title: t('search.noPosts', 'No post has this'),
    text: t('search.noPostsText', 'Nothing that you may search fits “{query}”. Try fewer words, or another form.', {
      query,
    }),
  }
}

/** What the search of posts goes through, said before what it found. */
export function Scope() {
  return (
    <p class="search-scope meta">
      <Icon name="info" small />
      {t('search.scope', 'Only posts by people who allow it, your own, and what you saved or were mentioned in.')}
    </p>
  )
}

export function PostResults({ query }: { query: string }) {
  const feed = useKept('posts', () => makeFound('statuses', query))
  return (
    <>
      <Scope />
      <FeedList feed={feed} empty={emptyOf('statuses', query)} draw={({ id }) => <StatusCard key={id} id={id} />} />
    </>
  )
}

export function PeopleResults({ query }: { query: string }) {
  const feed = useKept('people', () => makeFound('accounts', query))
  return (
    <FeedList
      feed={feed}
      empty={emptyOf('accounts', query)}
      draw={(account) => <PersonRow key={account.id} account={account} />}
    />
  )
}

export function TagResults({ query }: { query: string }) {
  const feed = useKept('tags', () => makeFound('hashtags', query))
  return (
    <FeedList feed={feed} empty={emptyOf('hashtags', query)} draw={(tag) => <TagLine key={tag.name} tag={tag} />} />
  )
}

/** The best of every kind, and a handle or link looked up where it lives. */
export function AllResults({ query }: { query: string }) {
  const found = useKept('all', () => makeOverview(query))
  useEffect(() => {
    if (!found.results.peek()) void found.load()
  }, [found])
  const host = hostOfAddress(query)
  const results = found.results.value
  if (found.fault.value !== '')
    return <Failed query={query} host={host} text={found.fault.value} retry={() => void found.load()} />
  if (!results) return host ? <Asking host={host} /> : <Skeleton rows={4} />
  const isEmpty = results.accounts.length + results.statuses.length + results.hashtags.length === 0
  if (!isEmpty) return <Sections results={results} query={query} />
  return host ? (
    <Failed query={query} host={host} text={t('search.notThere', 'There is nothing at this address.')} />
  ) : (
    <Empty icon="search" title={t('search.nothing', 'Nobody and nothing')}>
      {t('search.nothingText', 'Nothing here fits “{query}”. A whole handle or link is looked up on its own server.', {
        query,
      })}
    </Empty>
  )
}

function Asking({ host }: { host: string }) {
  return (
    <>
      <output class="search-scope meta">
        <Icon name="fresh" small />
        {t('search.asking', 'Asking {host}…', { host })}
      </output>
      <Skeleton rows={1} />
    </>
  )
}

type FailedProps = { query: string; host: string | undefined; text: string; retry?: () => void }

function Failed({ query, host, text, retry }: FailedProps) {
  if (!host) return <Fault text={text} {...(retry ? { retry } : {})} />
  return (
    <div class="empty" role="alert">
      <h2>{t('search.notFetched', '{host} gave nothing', { host })}</h2>
      <p>{text}</p>
      <p>
        {retry && (
          <button class="button button-outline" type="button" onClick={retry}>
            {t('ui.tryAgain', 'Try again')}
          </button>
        )}
        {/^https?:/i.test(query) && (
          <a class="button button-outline" href={query} target="_blank" rel="noopener noreferrer">
            {t('search.openThere', 'Open it there')}
          </a>
        )}
      </p>
    </div>
  )
}

function Section({ title, more, children }: { title: string; more?: string | undefined; children: ComponentChildren }) {
  return (
    <section aria-label={title}>
      <div class="list-title search-title">
        <h2>{title}</h2>
        {more && (
          <a href={more} aria-label={t('search.allOf', 'All: {kind}', { kind: title })}>
            {t('search.all', 'All')}
          </a>
        )}
      </div>
      {children}
    </section>
  )
}

function Sections({ results, query }: { results: Results; query: string }) {
  const { accounts, statuses, hashtags } = results
  const isAddress = hostOfAddress(query) !== undefined
  const more = (type: Kind, isCut: boolean) => (isCut ? searchPath(query, type) : undefined)
  return (
    <>
      {accounts.length > 0 && (
        <Section title={t('search.people', 'People')} more={more('accounts', accounts.length > MOST_PEOPLE)}>
          {accounts.slice(0, MOST_PEOPLE).map((account) => (
            <PersonRow key={account.id} account={account} />
          ))}
        </Section>
      )}
      {hashtags.length > 0 && (
        <Section title={t('search.tags', 'Hashtags')} more={more('hashtags', hashtags.length > MOST_TAGS)}>
          {hashtags.slice(0, MOST_TAGS).map((tag: Tag) => (
            <TagLine key={tag.name} tag={tag} />
          ))}
        </Section>
      )}
      {statuses.length > 0 && (
        <Section title={t('search.posts', 'Posts')} more={more('statuses', !isAddress)}>
          {!isAddress && <Scope />}
          {statuses.map(({ id }) => (
            <StatusCard key={id} id={id} />
          ))}
        </Section>
      )}
    </>
  )
}
