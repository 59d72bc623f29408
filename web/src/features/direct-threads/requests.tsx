import type { NotificationRequest } from '@hamlet/contract/notification'
import { useEffect } from 'preact/hooks'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { nameOf } from '../../ui/people.tsx'
import { toast } from '../../ui/toast.tsx'
import { Message } from './message.tsx'
import { PaneHead } from './pane-head.tsx'
import { answerRequest, loadRequests, requests } from './requests-store.ts'
import { findThreadOf } from './threads.ts'

/** What strangers wrote, with their pictures hidden: nothing of them is fetched until they are let in. */
export function RequestsPane() {
  useEffect(() => void loadRequests(), [])
  const waiting = requests.value
  return (
    <>
      <PaneHead title={t('direct-threads.requests', 'Requests')} />
      <div class="sheet pane-sheet pane-scroll">
        <p class="pane-note">
          {t(
            'direct-threads.requestsText',
            'People you do not follow. They are not told whether you have read this, and can write on only when you accept.',
          )}
        </p>
        {waiting.map((asked) => (
          <RequestCard key={asked.id} asked={asked} />
        ))}
        {waiting.length === 0 && (
          <div class="empty">
            <span class="tile">
              <Icon name="inbox" />
            </span>
            <h2>{t('direct-threads.noRequests', 'Nobody is waiting')}</h2>
          </div>
        )}
      </div>
    </>
  )
}

async function accept(asked: NotificationRequest): Promise<void> {
  if (!(await answerRequest(asked, 'accept'))) return
  const thread = asked.last_status && (await findThreadOf(asked.last_status.id))
  navigate(thread ? `/mentions/${thread.id}` : '/mentions')
}

async function dismiss(asked: NotificationRequest): Promise<void> {
  if (!(await answerRequest(asked, 'dismiss'))) return
  const name = nameOf(asked.account)
  toast(t('direct-threads.dismissed', 'What {name} wrote is put away. They are not told.', { name }))
}

function RequestCard({ asked }: { asked: NotificationRequest }) {
  const { account, last_status: last } = asked
  const name = nameOf(account)
  const more = Number(asked.notifications_count) - 1
  return (
    <article class="request" aria-label={t('direct-threads.requestOf', 'Request of {name}', { name })}>
      <header class="request-head">
        <Avatar src={account.avatar} size={44} />
        <a href={`/@${account.acct}`}>
          <strong>
            <bdi>{name}</bdi>
          </strong>
          <span class="meta" dir="ltr">
            @{account.acct}
          </span>
        </a>
      </header>
      {last && <Message id={last.id} isFirst={false} hidesPictures />}
      {more > 0 && (
        <p class="meta">
          {t('direct-threads.more', '{more, plural, one {and # earlier message} other {and # earlier messages}}', {
            more,
          })}
        </p>
      )}
      <p class="request-answers">
        <button class="button button-outline" type="button" onClick={() => void accept(asked)}>
          {t('direct-threads.accept', 'Accept')}
        </button>
        <button class="button button-soft" type="button" onClick={() => void dismiss(asked)}>
          {t('direct-threads.dismiss', 'Dismiss')}
        </button>
      </p>
    </article>
  )
}
