import type { NotificationRequest } from '@hamlet/contract/notification'
import { useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount, keepStatus } from '../../api/store.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Avatar } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { wordsOf } from './excerpt.ts'
import { nameOf } from './names.tsx'

type Verb = 'accept' | 'dismiss'

/** Whose mentions wait, by person, each with the latest of them; several are answered at once. */
export function MentionRequestsPage() {
  const feed = useMemo(
    () =>
      makeFeed<NotificationRequest>('/api/v1/notifications/requests', (one) => {
        keepAccount(one.account)
        if (one.last_status) keepStatus(one.last_status)
      }),
    [],
  )
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setChosen((before) => (before.has(id) ? without(before, [id]) : new Set([...before, id])))
  const decide = async (ids: readonly string[], verb: Verb) => {
    const gone = feed.items.value.filter((one) => ids.includes(one.id))
    feed.remove((one) => ids.includes(one.id))
    setChosen((before) => without(before, ids))
    try {
      await request('POST', `/api/v1/notifications/requests/${verb}`, { body: { id: ids } })
      toast(sayDone(verb, ids.length))
    } catch (error) {
      for (const one of gone) feed.arrive(one)
      feed.showWaiting()
      toast(explain(error))
    }
  }
  return (
    <>
      <ColumnHead title={t('notify.requests', 'Requests')} back />
      <div class="sheet column-sheet">
        <p class="requests-lead">
          {t(
            'notify.requestsLead',
            'Your policy holds these back. Whoever you let in reaches you from now on; nobody is told of a no.',
          )}{' '}
          <a href="/settings/notifications">{t('notify.changePolicy', 'Change who reaches you')}</a>
        </p>
        {chosen.size > 0 && <BulkBar count={chosen.size} decide={(verb) => void decide([...chosen], verb)} />}
        <FeedList
          feed={feed}
          empty={{
            title: t('notify.nobodyWaits', 'Nobody waits'),
            text: t('notify.nobodyWaitsText', 'Mentions that your policy holds back are found here.'),
          }}
          draw={(one) => (
            <RequestRow
              key={one.id}
              waiting={one}
              isChosen={chosen.has(one.id)}
              toggle={() => toggle(one.id)}
              decide={(verb) => void decide([one.id], verb)}
            />
          )}
        />
      </div>
    </>
  )
}

const without = (all: ReadonlySet<string>, ids: readonly string[]) =>
  new Set([...all].filter((id) => !ids.includes(id)))

function sayDone(verb: Verb, n: number): string {
  return verb === 'accept'
    ? t('notify.letIn', '{n, plural, one {They reach you from now on.} other {# people reach you from now on.}}', { n })
    : t('notify.turnedAway', '{n, plural, one {The request is gone.} other {# requests are gone.}}', { n })
}

function BulkBar({ count, decide }: { count: number; decide: (verb: Verb) => void }) {
  return (
    <div class="bulk-bar" role="toolbar" aria-label={t('notify.bulk', 'For all that are chosen')}>
      <span>{t('notify.chosen', '{n, plural, one {# chosen} other {# chosen}}', { n: count })}</span>
      <button class="button button-outline button-small" type="button" onClick={() => decide('dismiss')}>
        {t('notify.dismissAll', 'Dismiss all')}
      </button>
      <button class="button button-primary button-small" type="button" onClick={() => decide('accept')}>
        {t('notify.acceptAll', 'Let all in')}
      </button>
    </div>
  )
}

type RequestProps = {
  waiting: NotificationRequest
  isChosen: boolean
  toggle: () => void
  decide: (verb: Verb) => void
}

function RequestRow({ waiting, isChosen, toggle, decide }: RequestProps) {
  const { account, last_status: last } = waiting
  const name = nameOf(account)
  return (
    <article class="request-row" data-id={waiting.id}>
      <label class="request-choice">
        <input type="checkbox" checked={isChosen} onChange={toggle} />
        <span class="visually-hidden">{t('notify.chooseOne', 'Choose {name}', { name })}</span>
      </label>
      <a href={`/@${account.acct}`} tabIndex={-1} aria-hidden="true">
        <Avatar src={account.avatar} size={44} />
      </a>
      <div>
        <p class="request-name">
          <a href={`/@${account.acct}`} aria-label={name}>
            <strong>
              <bdi>{name}</bdi>
            </strong>
          </a>
          <span class="meta" dir="ltr">
            @{account.acct}
          </span>
          <span class="meta">
            <Ago at={waiting.updated_at} />
          </span>
        </p>
        {last && (
          <p class="request-words" dir="auto" lang={last.language ?? undefined}>
            {wordsOf(last)}
          </p>
        )}
        <p class="meta">
          {t('notify.held', '{n, plural, one {# mention} other {# mentions}}', {
            n: Number(waiting.notifications_count),
          })}
        </p>
        <p class="notice-acts">
          <button
            class="button button-outline button-small"
            type="button"
            aria-label={t('notify.dismissOne', 'Dismiss {name}', { name })}
            onClick={() => decide('dismiss')}
          >
            {t('notify.dismiss', 'Dismiss')}
          </button>
          <button
            class="button button-outline button-small"
            type="button"
            aria-label={t('notify.acceptOne', 'Let in {name}', { name })}
            onClick={() => decide('accept')}
          >
            {t('notify.accept', 'Let in')}
          </button>
        </p>
      </div>
    </article>
  )
}
