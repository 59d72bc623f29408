import type { Conversation } from '@hamlet/contract/conversation'
import type { Status } from '@hamlet/contract/status'
import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { messageLine } from './message-text.ts'
import { RequestsRow } from './requests-row.tsx'
import { othersIn, threads, titleOf } from './threads.ts'

export function ThreadList({ open }: { open: string }) {
  const title = t('direct-threads.title', 'Private mentions')
  const newMessage = t('direct-threads.new', 'New message')
  const write = (
    <a class="button button-outline button-small mentions-new" href="/mentions/new" title={newMessage}>
      <Icon name="write" />
      <span>{newMessage}</span>
    </a>
  )
  return (
    <section class="thread-list" aria-label={title}>
      {open === '' ? (
        <ColumnHead title={title}>{write}</ColumnHead>
      ) : (
        <header class="column-head">
          <div class="column-title">
            <h2>{title}</h2>
            {write}
          </div>
        </header>
      )}
      <div class="sheet thread-rows">
        <RequestsRow isOpen={open === 'requests'} />
        <FeedList
          feed={threads}
          empty={{
            icon: 'direct',
            title: t('direct-threads.none', 'No private mentions yet'),
            text: t('direct-threads.noneText', 'Write to somebody: only the two of you read it here.'),
          }}
          draw={(thread) => <Row key={thread.id} thread={thread} isOpen={thread.id === open} />}
        />
      </div>
    </section>
  )
}

const FACES = 2

function Row({ thread, isOpen }: { thread: Conversation; isOpen: boolean }) {
  const others = othersIn(thread)
  const faces = (others.length > 0 ? others : thread.accounts).slice(0, FACES)
  const last = thread.last_status
  return (
    <a
      class={thread.unread ? 'thread-row unread' : 'thread-row'}
      href={`/mentions/${thread.id}`}
      aria-current={isOpen ? 'page' : undefined}
    >
      <span class={`thread-faces thread-faces-${faces.length}`}>
        {faces.map((account) => (
          <Avatar key={account.id} src={account.avatar} size={faces.length > 1 ? 32 : 44} />
        ))}
      </span>
      <span class="thread-words">
        <span class="thread-top">
          <strong dir="auto">{titleOf(thread)}</strong>
          {last && (
            <span class="meta">
              <Ago at={last.created_at} />
            </span>
          )}
        </span>
        <span class="thread-last">
          <span dir="auto">{last ? lineOf(last) : ''}</span>
          {last?.muted && <Icon name="mute" small />}
          {thread.unread && (
            <span class="dot">
              <span class="visually-hidden">{t('direct-threads.isUnread', 'Unread')}</span>
            </span>
          )}
        </span>
      </span>
    </a>
  )
}

/** Whatever stands under a warning stays there. */
function lineOf(status: Status): string {
  const line =
    status.spoiler_text !== ''
      ? t('direct-threads.lineWarning', 'Warning: {warning}', { warning: status.spoiler_text })
      : messageLine(status) || t('direct-threads.linePicture', 'A picture')
  return status.account.id === me.value.id ? t('direct-threads.lineOwn', 'You: {line}', { line }) : line
}
