import type { Account } from '@hamlet/contract/account'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { Name } from '../../ui/name.tsx'

type SearchProps = { without: readonly Account[]; choose: (account: Account) => void }
type Found = { people: Account[] } | { fault: string } | undefined

const PAUSE_MS = 250

/** People by name or handle; a full handle is looked up on its own server. */
export function PeopleSearch({ without, choose }: SearchProps) {
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const found = usePeople(text.trim())
  const hidden = new Set([me.value.id, ...without.map((one) => one.id)])
  const people = found && 'people' in found ? found.people.filter((one) => !hidden.has(one.id)) : []
  const label = t('direct-threads.find', 'Find people')
  return (
    <div class="people-search">
      <label class="search-field">
        <Icon name="search" />
        <input
          ref={field}
          type="search"
          dir="auto"
          autocapitalize="none"
          aria-label={label}
          placeholder={label}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      <output class="visually-hidden">{found && countWords(people.length)}</output>
      {found && 'fault' in found && <p class="field-fault">{found.fault}</p>}
      {found && 'people' in found && people.length === 0 && <p class="pane-note">{countWords(0)}</p>}
      <ul>
        {people.map((account) => (
          <li key={account.id}>
            <button
              class="person-choice"
              type="button"
              onClick={() => {
                choose(account)
                setText('')
                field.current?.focus()
              }}
            >
              <Avatar src={account.avatar} size={36} />
              <span>
                <strong>
                  <Name account={account} />
                </strong>
                <span class="meta" dir="ltr">
                  @{account.acct}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function countWords(count: number): string {
  return t('direct-threads.found', '{count, plural, =0 {Nobody fits.} one {# person fits.} other {# people fit.}}', {
    count,
  })
}

/** Asks a moment after the last letter; what was asked before is let go. */
function usePeople(text: string): Found {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    setFound(undefined)
    if (text === '') return undefined
    const abort = new AbortController()
    const look = async () => {
      const query = new URLSearchParams({ q: text, limit: '8', resolve: 'true' })
      try {
        const path = `/api/v1/accounts/search?${query.toString()}`
        setFound({ people: await request<Account[]>('GET', path, { signal: abort.signal }) })
      } catch (error) {
        if (!abort.signal.aborted) setFound({ fault: explain(error) })
      }
    }
    const timer = setTimeout(() => void look(), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [text])
  return found
}
