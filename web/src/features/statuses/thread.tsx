import type { Context, Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { useEffect, useMemo } from 'preact/hooks'
import { explain, OFFLINE, request } from '../../api/request.ts'
import { dropStatus, keepStatus, statusOf } from '../../api/store.ts'
import { hearStream } from '../../api/stream.ts'
import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { Name } from '../../ui/name.tsx'
import { Avatar, Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { fetchStatus } from './acts.ts'
import { StatusCard } from './card.tsx'
import { openComposer, written } from './composer-state.ts'

type Thread = { ancestors: string[]; replies: Status[] }

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
      thread.value = { ancestors: context.ancestors.map((one) => one.id), replies: context.descendants }
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
  return (
    <>
      <ColumnHead title="Thread" back />
      <div class="sheet column-sheet">
        {state.value === 'loading' && <Skeleton rows={3} />}
        {state.value === 'failed' && <Fault text={fault.value} retry={() => void load()} />}
        {(state.value === 'gone' || (state.value === 'there' && !root)) && (
          <Empty title="Nothing to see here">It was deleted, it is not for you, or it never was here.</Empty>
        )}
        {state.value === 'there' && root && (
          <>
            <div class="ancestors">
              {thread.value.ancestors.map((one) => (
                <StatusCard key={one} id={one} size="reply" />
              ))}
            </div>
            <StatusCard id={id} size="root" />
            <ReplyRow root={root} />
            <Branches parentId={id} replies={thread.value.replies} depth={0} />
          </>
        )}
      </div>
    </>
  )
}

function ReplyRow({ root }: { root: Status }) {
  return (
    <button class="reply-row" type="button" onClick={() => openComposer({ replyTo: root })}>
      <Avatar src={me.value.avatar} size={36} />
      <span>
        Reply to <Name account={root.account} /> …
      </span>
      <span class="button button-soft button-small">Reply</span>
    </button>
  )
}

const DEEPEST = 3

/** Answers under what they answer; deeper ones stop indenting, so that words keep their room. */
function Branches({ parentId, replies, depth }: { parentId: string; replies: readonly Status[]; depth: number }) {
  const children = replies.filter((one) => one.in_reply_to_id === parentId)
  return (
    <>
      {children.map((child) => (
        <div key={child.id} class={depth === 0 ? 'branch branch-top' : 'branch'} data-depth={Math.min(depth, DEEPEST)}>
          <StatusCard id={child.id} size="reply" />
          <Branches parentId={child.id} replies={replies} depth={depth + 1} />
        </div>
      ))}
    </>
  )
}
