import type { Account } from '@hamlet/contract/account'
import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { keepAccount } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Name } from '../../ui/name.tsx'
import { nameOf } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { toast } from '../../ui/toast.tsx'
import { answerRequest } from './acts.ts'
import { monthWords } from './words.ts'

type Verb = 'authorize' | 'reject'

/** People who ask to follow, one by one or many at once: each is answered once, and then gone from the list. */
export function FollowRequestsPage() {
  const feed = useMemo(() => makeFeed<Account>('/api/v1/follow_requests', keepAccount), [])
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isBusy, setBusy] = useState(false)
  const people = feed.items.value
  const answer = async (some: readonly Account[], verb: Verb) => {
    setBusy(true)
    let done = 0
    // One after the other: each is a decision of its own, and what fails stays in the list.
    for (const account of some)
      if (await answerRequest(account, verb)) {
        done += 1
        feed.remove((one) => one.id === account.id)
      }
    setChosen(new Set())
    setBusy(false)
    if (some.length > 1 && done > 0) toast(doneWords(done, verb))
  }
  const selected = people.filter((one) => chosen.has(one.id))
  const choose = (id: string, isOn: boolean) => {
    const next = new Set(chosen)
    if (isOn) next.add(id)
    else next.delete(id)
    setChosen(next)
  }
  return (
    <>
      <ColumnHead title={t('profiles.requests', 'Requests')} back />
      <div class="sheet column-sheet">
        {people.length > 1 && (
          <Bar people={people} selected={selected.length} setChosen={setChosen}>
            {selected.length > 0 && <Answers busy={isBusy} answer={(verb) => void answer(selected, verb)} />}
          </Bar>
        )}
        <FeedList
          feed={feed}
          empty={{
            icon: 'person',
            title: t('profiles.noRequests', 'Nobody waits'),
            text: t('profiles.noRequestsText', 'When somebody asks to follow you, you decide here.'),
          }}
          draw={(account) => (
            <Asker
              key={account.id}
              account={account}
              isChosen={chosen.has(account.id)}
              choose={people.length > 1 ? (isOn) => choose(account.id, isOn) : undefined}
              answers={<Answers busy={isBusy} name={nameOf(account)} answer={(verb) => void answer([account], verb)} />}
            />
          )}
        />
      </div>
    </>
  )
}

type BarProps = {
  people: readonly Account[]
  selected: number
  setChosen: (ids: ReadonlySet<string>) => void
  children: ComponentChildren
}

function Bar({ people, selected, setChosen, children }: BarProps) {
  return (
    <div class="request-bar">
      <label class="check">
        <input
          type="checkbox"
          checked={selected === people.length}
          onChange={(event) => setChosen(new Set(event.currentTarget.checked ? people.map((one) => one.id) : []))}
        />
        <span>
          {selected === 0
            ? t('profiles.chooseAll', 'Choose all')
            : t('profiles.chosen', '{n, plural, one {# chosen} other {# chosen}}', { n: selected })}
        </span>
      </label>
      {children}
    </div>
  )
}

function doneWords(n: number, verb: Verb): string {
  return verb === 'authorize'
    ? t('profiles.manyLetIn', '{n, plural, one {# person follows} other {# people follow}} you now.', { n })
    : t('profiles.manyRefused', '{n, plural, one {# request is} other {# requests are}} turned down.', { n })
}

function Answers({ answer, busy, name }: { answer: (verb: Verb) => void; busy: boolean; name?: string }) {
  const [no, yes] = [t('profiles.no', 'No'), t('profiles.letIn', 'Let in')]
  const label = (word: string) => (name === undefined ? undefined : `${word}: ${name}`)
  return (
    <span class="person-acts" aria-busy={busy}>
      <button class="button button-outline" type="button" aria-label={label(no)} onClick={() => answer('reject')}>
        {no}
      </button>
      <button class="button button-primary" type="button" aria-label={label(yes)} onClick={() => answer('authorize')}>
        {yes}
      </button>
    </span>
  )
}

type AskerProps = {
  account: Account
  isChosen: boolean
  choose: ((isOn: boolean) => void) | undefined
  answers: ComponentChildren
}

/** Whoever asks, with what helps to decide. */
function Asker({ account, isChosen, choose, answers }: AskerProps) {
  return (
    <div class="person-row">
      {choose && (
        <input
          class="person-check"
          type="checkbox"
          aria-label={t('profiles.choose', 'Choose {name}', { name: nameOf(account) })}
          checked={isChosen}
          onChange={(event) => choose(event.currentTarget.checked)}
        />
      )}
      <Avatar src={account.avatar} size={44} />
      <a href={`/@${account.acct}`}>
        <strong>
          <Name account={account} />
        </strong>
        <span class="meta" dir="ltr">
          @{account.acct}
        </span>
        <span class="meta">
          {t('profiles.askerFacts', 'Since {month} · {posts, plural, one {# post} other {# posts}}', {
            month: monthWords(account.created_at),
            posts: account.statuses_count,
          })}
        </span>
      </a>
      {answers}
    </div>
  )
}
