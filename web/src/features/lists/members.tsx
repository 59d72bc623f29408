import type { Account } from '@hamlet/contract/account'
import type { List } from '@hamlet/contract/list'
import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount } from '../../api/store.ts'
import { makeFeed, type Feed } from '../../api/timeline.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { addMember, membersPath, removeMember } from './acts.ts'

/** Who is in a list, and the field that finds others among the people one follows. */
export function Members({ list }: { list: List }) {
  const feed = useMemo(() => makeFeed<Account>(membersPath(list.id), keepAccount), [list.id])
  const sheet = useRef<HTMLDivElement>(null)
  const add = async (account: Account) => {
    feed.arrive(account)
    feed.showWaiting()
    try {
      await addMember(list.id, account.id)
    } catch (error) {
      feed.remove((one) => one.id === account.id)
      toast(explain(error))
    }
  }
  const remove = async (account: Account) => {
    feed.remove((one) => one.id === account.id)
    sheet.current?.querySelector('input')?.focus()
    try {
      await removeMember(list.id, account.id)
      toast(t('lists.removed', '{name} is no longer in the list.', { name: nameOf(account) }), {
        label: t('lists.undo', 'Undo'),
        run: () => void add(account),
      })
    } catch (error) {
      feed.arrive(account)
      feed.showWaiting()
      toast(explain(error))
    }
  }
  return (
    <div class="sheet" ref={sheet}>
      <FindPeople feed={feed} add={(account) => void add(account)} />
      <FeedList
        feed={feed}
        empty={{
          title: t('lists.nobody', 'Nobody is in it yet'),
          text: t('lists.nobodyText', 'Find people by name above. They are not told that they are in a list.'),
        }}
        draw={(account) => (
          <Row key={account.id} account={account}>
            <button
              class="button button-outline button-small"
              type="button"
              aria-label={t('lists.removeName', 'Remove {name}', { name: nameOf(account) })}
              onClick={() => void remove(account)}
            >
              {t('lists.remove', 'Remove')}
            </button>
          </Row>
        )}
      />
    </div>
  )
}

function Row({ account, children }: { account: Account; children: ComponentChildren }) {
  return (
    <div class="person-row">
      <Avatar src={account.avatar} size={36} />
      <a href={`/@${account.acct}`}>
        <strong>
          <bdi>{nameOf(account)}</bdi>
        </strong>
        <span class="meta" dir="ltr">
          @{account.acct}
        </span>
      </a>
      {children}
    </div>
  )
}

const PAUSE_MS = 250
const MOST_FOUND = 8

/** People one follows whose name begins with what is written; those who are in the list already are marked so. */
function FindPeople({ feed, add }: { feed: Feed<Account>; add: (account: Account) => void }) {
  const [text, setText] = useState('')
  const [found, setFound] = useState<readonly Account[] | undefined>(undefined)
  useEffect(() => {
    setFound(undefined)
    if (text.trim() === '') return undefined
    const abort = new AbortController()
    const look = () =>
      findFollowed(text, abort.signal)
        .then(setFound)
        .catch((error: unknown) => {
          if (!abort.signal.aborted) toast(explain(error))
        })
    const timer = setTimeout(() => void look(), PAUSE_MS)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [text])
  const isIn = (account: Account) => feed.items.value.some((one) => one.id === account.id)
  return (
    <div class="find-people">
      <label class="visually-hidden" for="find-people">
        {t('lists.find', 'Find people you follow')}
      </label>
      <span class="search-field">
        <Icon name="search" />
        <input
          id="find-people"
          type="search"
          value={text}
          autocomplete="off"
          dir="auto"
          placeholder={t('lists.find', 'Find people you follow')}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </span>
      <div aria-live="polite">
        {found?.length === 0 && (
          <p class="find-none">{t('lists.findNone', 'Nobody you follow has a name like that.')}</p>
        )}
        {found?.map((account) => (
          <Row key={account.id} account={account}>
            <button
              class={`button button-small ${isIn(account) ? 'button-outline' : 'button-primary'}`}
              type="button"
              aria-label={t('lists.addName', 'Add {name}', { name: nameOf(account) })}
              aria-disabled={isIn(account)}
              onClick={() => !isIn(account) && add(account)}
            >
              {isIn(account) ? t('lists.isIn', 'In the list') : t('lists.add', 'Add')}
            </button>
          </Row>
        ))}
      </div>
    </div>
  )
}

async function findFollowed(text: string, signal: AbortSignal): Promise<Account[]> {
  const query = new URLSearchParams({ q: text.trim(), following: 'true', limit: String(MOST_FOUND) })
  return request<Account[]>('GET', `/api/v1/accounts/search?${query.toString()}`, { signal })
}
