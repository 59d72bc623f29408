import type { Context, Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { explain, OFFLINE, request } from '../../../api/request.ts'
import { dropStatus, keepStatus, statusOf } from '../../../api/store.ts'
import { hearStream } from '../../../api/stream.ts'
import { ColumnHead } from '../../../app/column.tsx'
import { me } from '../../../app/session.ts'
import { rich, t } from '../../../i18n/words.ts'
import { Name } from '../../../ui/name.tsx'
import { Avatar, Empty, Icon } from '../../../ui/parts.tsx'
import { Fault, Skeleton } from '../../../ui/states.tsx'
import { fetchStatus } from '../acts.ts'
import { StatusCard } from '../card.tsx'
import { openComposer, written } from '../composer-state.ts'
import { Branches } from './branches.tsx'
import { ReaderView } from './reader-view.tsx'
import { growTree, ownChain } from './tree.ts'

type Thread = { ancestors: Status[]; replies: Status[] }

function makeThread(id: string) {
  const thread = signal<Thread>({ ancestors: [], replies: [] })
  const state = signal<'loading' | 'there' | 'gone' | 'failed'>(statusOf(id).peek() ? 'there' : 'loading')
  const fault = signal('')
  const load = async () => {
    try {
      const [, context] = await Promise.all([
        fetchStatus(id),
        request<Context>('GET', `/api/v1/statuses/${id}/context`),
      ])
      for (const status of [...context.ancestors, ...context.descendants]) keepStatus(status)
      thread.value = { ancestors: context.ancestors, replies: context.descendants }
      state.value = 'there'
    } catch (error) {
      fault.value = explain(error)
      const status = (error as { status?: number }).status ?? OFFLINE
      state.value = status === 404 ? 'gone' : 'failed'
    }
  }
  return { thread, state, fault, load }
}

/** A post between what it answers and what answers it. */
export function ThreadPage({ id }: { id: string }) {
  const { thread, state, fault, load } = useMemo(() => makeThread(id), [id])
  useEffect(() => {
    void load()
    return hearStream({ stream: 'user' }, (event) => {
      if (event.event === 'delete') dropStatus(event.payload)
      if (event.event === 'update' || event.event === 'notification') void load()
    })
  }, [id])
  const own = written.value
  useEffect(() => {
    if (own?.in_reply_to_id) void load()
  }, [own])
  const root = statusOf(id).value
  const isThere = state.value === 'there'
  const chain = isThere && root ? ownChain(root, thread.value.ancestors, thread.value.replies) : []
  const [isReading, setReading] = useState(false)
  return (
    <>
      <ColumnHead title={t('thread.title', 'Thread')} back>
        {chain.length > 1 && (
          <button
            class="icon-button thread-tool"
            type="button"
            aria-pressed={isReading}
            aria-label={t('thread.read', 'Read as one text')}
            title={t('thread.read', 'Read as one text')}
            onClick={() => setReading(!isReading)}
          >
            <Icon name="reader" />
          </button>
        )}
      </ColumnHead>
      <div class="sheet column-sheet">
        {state.value === 'loading' && <Skeleton rows={3} />}
        {state.value === 'failed' && <Fault text={fault.value} retry={() => void load()} />}
        {(state.value === 'gone' || (isThere && !root)) && (
          <Empty title={t('thread.gone', 'Nothing to see here')}>
            {t('thread.goneText', 'It was deleted, it is not for you, or it never was here.')}
          </Empty>
        )}
        {isThere && root && isReading && <ReaderView chain={chain} />}
        {isThere && root && !isReading && <Whole root={root} thread={thread.value} />}
      </div>
    </>
  )
}

function Whole({ root, thread }: { root: Status; thread: Thread }) {
  return (
    <>
      <div class="ancestors">
        {thread.ancestors.map(({ id }) => (
          <StatusCard key={id} id={id} size="reply" />
        ))}
      </div>
      <StatusCard id={root.id} size="root" />
      <Completeness root={root} replies={thread.replies} />
      <ReplyRow root={root} />
      <Branches branches={growTree(root.id, thread.replies)} />
    </>
  )
}

/** How many replies are here, where the post counts more: others are not for the reader, or have not come here. */
function Completeness({ root, replies }: { root: Status; replies: readonly Status[] }) {
  const here = replies.filter((one) => one.in_reply_to_id === root.id).length
  if (root.replies_count <= here) return null
  return (
    <p class="completeness">
      <Icon name="thread" />
      <span>
        {t(
          'thread.complete',
          '{here, plural, =0 {No reply} one {# reply} other {# replies}} here · the post counts {all}',
          {
            here,
            all: root.replies_count,
          },
        )}
      </span>
      {root.url && !root.url.startsWith(`${location.origin}/`) && (
        <a href={root.url} target="_blank" rel="noopener noreferrer">
          {t('thread.there', 'Read it there')}
        </a>
      )}
    </p>
  )
}

function ReplyRow({ root }: { root: Status }) {
  return (
    <button class="reply-row" type="button" onClick={() => openComposer({ replyTo: root })}>
      <Avatar src={me.value.avatar} size={36} />
      <span>{rich('thread.replyTo', 'Reply to {name} …', { name: <Name account={root.account} /> })}</span>
      <span class="button button-soft button-small">{t('thread.reply', 'Reply')}</span>
    </button>
  )
}
