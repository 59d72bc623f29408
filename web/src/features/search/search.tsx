import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount, keepStatus } from '../../api/store.ts'
import { ColumnHead } from '../../app/column.tsx'
import { navigate, place } from '../../app/router.ts'
import { Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { loadRelationships } from '../profiles/acts.ts'
import { PersonRow } from '../profiles/person-row.tsx'
import { StatusCard } from '../statuses/card.tsx'

type Results = { accounts: Account[]; statuses: Status[]; hashtags: { name: string }[] }
type State = { kind: 'idle' | 'looking' } | { kind: 'found'; results: Results } | { kind: 'failed'; text: string }

/** People, posts and hashtags; a handle or an address of another server is looked up there. */
export function SearchPage() {
  const asked = place.value.query.get('q') ?? ''
  const [state, setState] = useState<State>({ kind: asked ? 'looking' : 'idle' })
  useEffect(() => {
    if (asked === '') return setState({ kind: 'idle' })
    const abort = new AbortController()
    setState({ kind: 'looking' })
    look(asked, abort.signal)
      .then((results) => setState({ kind: 'found', results }))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) setState({ kind: 'failed', text: explain(error) })
      })
    return () => abort.abort()
  }, [asked])
  return (
    <>
      <ColumnHead title="Search" />
      <SearchField value={asked} autofocus />
      <div class="sheet column-sheet" aria-live="polite">
        {state.kind === 'idle' && (
          <Empty title="Look for somebody">
            A name, a hashtag, or the full handle of somebody on another server: @name@example.org
          </Empty>
        )}
        {state.kind === 'looking' && <Skeleton rows={3} />}
        {state.kind === 'failed' && <Fault text={state.text} />}
        {state.kind === 'found' && <Found results={state.results} asked={asked} />}
      </div>
    </>
  )
}

async function look(text: string, signal: AbortSignal): Promise<Results> {
  const query = new URLSearchParams({ q: text, resolve: 'true', limit: '20' })
  const results = await request<Results>('GET', `/api/v2/search?${query.toString()}`, { signal })
  for (const account of results.accounts) keepAccount(account)
  for (const status of results.statuses) keepStatus(status)
  await loadRelationships(results.accounts.map((account) => account.id))
  return results
}

function Found({ results, asked }: { results: Results; asked: string }) {
  const { accounts, statuses, hashtags } = results
  if (accounts.length + statuses.length + hashtags.length === 0)
    return (
      <Empty title="Nobody and nothing">
        Nothing here fits “{asked}”. A full handle is looked up on its own server.
      </Empty>
    )
  return (
    <>
      {accounts.length > 0 && <h2 class="list-title">People</h2>}
      {accounts.map((account) => (
        <PersonRow key={account.id} account={account} />
      ))}
      {hashtags.length > 0 && <h2 class="list-title">Hashtags</h2>}
      {hashtags.map((tag) => (
        <a class="tag-row" key={tag.name} href={`/tags/${encodeURIComponent(tag.name)}`}>
          #{tag.name}
        </a>
      ))}
      {statuses.length > 0 && <h2 class="list-title">Posts</h2>}
      {statuses.map((status) => (
        <StatusCard key={status.id} id={status.id} />
      ))}
    </>
  )
}

export function SearchField({ value = '', autofocus = false }: { value?: string; autofocus?: boolean }) {
  return (
    <form
      class="search-field"
      action="/search"
      onSubmit={(event) => {
        event.preventDefault()
        const text = new FormData(event.currentTarget).get('q')
        if (typeof text === 'string') navigate(`/search?q=${encodeURIComponent(text.trim())}`)
      }}
    >
      <Icon name="search" />
      <input
        type="search"
        name="q"
        aria-label="Search"
        placeholder="Search"
        defaultValue={value}
        autofocus={autofocus}
        dir="auto"
      />
    </form>
  )
}
