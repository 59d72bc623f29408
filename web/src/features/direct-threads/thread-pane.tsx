import type { Conversation } from '@hamlet/contract/conversation'
import type { Status } from '@hamlet/contract/status'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { changeStatus, dropStatus, keepStatus, statusOf } from '../../api/store.ts'
import { hearStream, type StreamEvent } from '../../api/stream.ts'
import { makeStatusFeed, type Feed } from '../../api/timeline.ts'
import { t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { MessageComposer } from './message-composer.tsx'
import { AT_ONCE, MessageLog } from './message-log.tsx'
import { PaneHead } from './pane-head.tsx'
import { putAway } from './put-away.ts'
import { threadMuteItems } from './thread-mutes.ts'
import { findThread, markThread, othersIn, threads, titleOf } from './threads.ts'

/** A thread as it is in the list, or as the server has it where the list does not reach. */
function useThread(id: string): { thread: Conversation | undefined; fault: string } {
  const [fetched, setFetched] = useState<Conversation>()
  const [fault, setFault] = useState('')
  useEffect(() => {
    findThread(id)
      .then(setFetched)
      .catch((error: unknown) => setFault(explain(error)))
  }, [id])
  return { thread: threads.items.value.find((one) => one.id === id) ?? fetched, fault }
}

export function ThreadPane({ id }: { id: string }) {
  const { thread, fault } = useThread(id)
  const messages = `/api/hamlet/v1/conversations/${id}/statuses`
  const feed = useMemo(() => makeStatusFeed(`${messages}?limit=${AT_ONCE}`), [id])
  useEffect(() => {
    void feed.loadMore()
    return hearStream({ stream: 'direct' }, (event) => void hear({ event, id, feed, path: messages }))
  }, [feed])
  const isUnread = thread?.unread ?? false
  useEffect(() => {
    if (thread && isUnread) void markThread(thread, false)
  }, [isUnread])
  if (!thread) return fault ? <Gone fault={fault} /> : <Skeleton />
  return (
    <>
      <PaneHead title={titleOf(thread)} below={<Handles thread={thread} />}>
        <ThreadMenu thread={thread} />
      </PaneHead>
      <div class="sheet pane-sheet">
        <MessageLog feed={feed} isGroup={othersIn(thread).length > 1} />
        <MessageComposer
          people={othersIn(thread)}
          replyTo={feed.items.value[0] ?? thread.last_status ?? undefined}
          draftKey={id}
          onSent={(status) => add(feed, [status])}
        />
      </div>
    </>
  )
}

function Gone({ fault }: { fault: string }) {
  return (
    <>
      <PaneHead title={t('direct-threads.gone', 'Not here')} />
      <div class="sheet pane-sheet">
        <Fault text={fault} />
      </div>
    </>
  )
}

/** Puts what is new at the newest end. */
function add(feed: Feed<Status>, fresh: readonly Status[]): void {
  const known = new Set(feed.items.value.map((one) => one.id))
  for (const status of fresh) keepStatus(status)
  feed.items.value = [...fresh.filter((one) => !known.has(one.id)), ...feed.items.value]
}

/** After a pause in which nothing was heard, anything may have happened. */
function isAbout(id: string, { event, payload }: StreamEvent): boolean {
  if (event === 'reopened') return true
  return event === 'conversation' && (JSON.parse(payload) as Conversation).id === id
}

type Told = { event: StreamEvent; id: string; feed: Feed<Status>; path: string }

/** A thread that changed is asked what is newer than what is shown: of two quick messages an event tells the last alone. */
async function hear({ event, id, feed, path }: Told): Promise<void> {
  if (event.event === 'delete') {
    dropStatus(event.payload)
    feed.remove((status) => status.id === event.payload)
  } else if (event.event === 'status.update') {
    const status = JSON.parse(event.payload) as Status
    changeStatus(status.id, () => status)
  } else if (isAbout(id, event)) {
    const newest = feed.items.value[0]?.id
    if (newest) add(feed, await request<Status[]>('GET', `${path}?since_id=${newest}`).catch(() => []))
  }
}

function Handles({ thread }: { thread: Conversation }) {
  return (
    <p class="meta pane-handles">
      {othersIn(thread).map((account) => (
        <a key={account.id} href={`/@${account.acct}`}>
          <bdi>@{account.acct}</bdi>
        </a>
      ))}
    </p>
  )
}

function ThreadMenu({ thread }: { thread: Conversation }) {
  const last = thread.last_status && statusOf(thread.last_status.id).value
  const items: MenuItem[] = [
    {
      label: t('direct-threads.markUnread', 'Mark as unread'),
      icon: 'direct',
      run: () => void markThread(thread, true),
    },
    ...(last ? threadMuteItems(last) : []),
    {
      label: t('direct-threads.putAway', 'Put away'),
      help: t('direct-threads.putAwayHelp', 'Until somebody writes in it again'),
      icon: 'remove',
      run: () => putAway(thread),
    },
  ]
  return (
    <Menu label={t('direct-threads.menu', 'More about this conversation')} items={items}>
      <Icon name="more" />
    </Menu>
  )
}
