import type { Status } from '@hamlet/contract/status'
import { useState } from 'preact/hooks'
import { statusOf } from '../../../api/store.ts'
import { useAside } from '../../../app/aside.ts'
import { ColumnHead } from '../../../app/column.tsx'
import { me } from '../../../app/session.ts'
import { rich, t } from '../../../i18n/words.ts'
import { later } from '../../../ui/later.tsx'
import { Menu } from '../../../ui/menu.tsx'
import { Name } from '../../../ui/name.tsx'
import { Avatar, Empty, Icon } from '../../../ui/parts.tsx'
import { Fault, Skeleton } from '../../../ui/states.tsx'
import { StatusCard } from '../card.tsx'
import { RootMeta } from '../card/root-meta.tsx'
import { answer } from '../replies/answer.ts'
import { readReplyRule } from '../replies/words.ts'
import { asideOf, FoldedReplies, WaitingReplies } from './aside-replies.tsx'
import { Branches } from './branches.tsx'
import { Completeness } from './completeness.tsx'
import { listOrders, order, sortBranches, splitAside } from './order.ts'
import { ReaderView } from './reader-view.tsx'
import { WarningsButton } from './warnings-button.tsx'
import { growTree, ownChain } from './tree.ts'
import { useThread } from './use-thread.ts'

const ThreadPanel = later<{ id: string; others: readonly Status[] }>(() =>
  import('./thread-panel.tsx').then((module) => module.ThreadPanel),
)

/** A post between what it answers and what answers it. */
export function ThreadPage({ id }: { id: string }) {
  const made = useThread(id)
  const { ancestors, replies } = made.thread.value
  const root = statusOf(id).value
  const isThere = made.state.value === 'there'
  const chain = isThere && root ? ownChain(root, ancestors, replies) : []
  const [isReading, setReading] = useState(false)
  useAside(() => <ThreadPanel id={id} others={[...ancestors, ...replies]} />, [id, ancestors, replies])
  return (
    <>
      <ColumnHead title={t('thread.title', 'Thread')} back>
        <span class="thread-tools">
          {chain.length > 1 && (
            <button
              class="icon-button"
              type="button"
              aria-pressed={isReading}
              aria-label={t('thread.read', 'Read as one text')}
              title={t('thread.read', 'Read as one text')}
              onClick={() => setReading(!isReading)}
            >
              <Icon name="reader" />
            </button>
          )}
          <WarningsButton posts={root ? [root, ...ancestors, ...replies] : []} />
          <OrderMenu />
        </span>
      </ColumnHead>
      <div class="sheet column-sheet">
        {made.state.value === 'loading' && <Skeleton rows={3} />}
        {made.state.value === 'failed' && <Fault text={made.fault.value} retry={() => void made.load()} />}
        {(made.state.value === 'gone' || (isThere && !root)) && (
          <Empty title={t('thread.gone', 'Nothing to see here')} icon="hidden">
            {t('thread.goneText', 'It was deleted, it is not for you, or it never was here.')}
          </Empty>
        )}
        {isThere && root && isReading && <ReaderView chain={chain} />}
        {isThere && root && !isReading && <Whole root={root} made={made} />}
      </div>
    </>
  )
}

function OrderMenu() {
  const chosen = listOrders().find(([value]) => value === order.value)?.[1] ?? ''
  return (
    <Menu
      label={t('thread.orderOf', 'Order of the replies: {chosen}', { chosen })}
      class="thread-order"
      items={() =>
        listOrders().map(([value, label]) => ({
          label,
          isChosen: value === order.value,
          run: () => (order.value = value),
        }))
      }
    >
      <Icon name="order" small />
      <span>{chosen}</span>
    </Menu>
  )
}

function Whole({ root, made }: { root: Status; made: ReturnType<typeof useThread> }) {
  const { ancestors, replies, setAside } = made.thread.value
  const [stands, aside] = splitAside(growTree(root.id, replies), (status) => asideOf(status) !== undefined)
  const [waiting, folded] = splitAside(aside, (status) => asideOf(status) !== 'waiting')
  return (
    <>
      <div class="ancestors">
        {ancestors.map(({ id }) => (
          <StatusCard key={id} id={id} size="reply" />
        ))}
      </div>
      <StatusCard id={root.id} size="root" below={<RootMeta status={root.reblog ?? root} />} />
      <Completeness root={root} replies={replies} fetched={made.fetched.value} fetchRest={made.fetchRest} />
      <ReplyRow root={root} />
      <WaitingReplies branches={waiting} />
      <Branches branches={sortBranches(stands, order.value)} authorId={root.account.id} />
      <FoldedReplies branches={folded} count={setAside - waiting.length} />
    </>
  )
}

/** Named where the field stands by itself at the end of the screen. */
function audienceOf(root: Status): string {
  if (root.visibility === 'private') return t('thread.seenByFollowers', ', seen by followers')
  return root.visibility === 'direct'
    ? t('thread.seenByNamed', ', seen by the people named')
    : t('thread.seenByAll', ', seen by everyone')
}

/** Where to answer, and who will read it; where nobody may, the rule. */
function ReplyRow({ root }: { root: Status }) {
  const rule = root.hamlet?.reply
  if (rule?.right === 'no')
    return (
      <p class="reply-row reply-row-closed">
        <Icon name="info" />
        <span>{readReplyRule(rule.policy)}</span>
      </p>
    )
  return (
    <button class="reply-row" type="button" onClick={() => answer(root)}>
      <Avatar src={me.value.avatar} size={36} />
      <span class="reply-field">
        {rich('thread.replyTo', 'Reply to {name}', { name: <Name account={root.account} /> })}
        <span class="reply-audience">{audienceOf(root)}</span>
        {rule?.right === 'ask' && (
          <span class="reply-waits"> {t('thread.replyWaits', '(waits until it is let in)')}</span>
        )}
      </span>
      <span class="button button-soft button-small">{t('thread.reply', 'Reply')}</span>
    </button>
  )
}
