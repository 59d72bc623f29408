import type { Status } from '@hamlet/contract/status'
import { useState } from 'preact/hooks'
import { statusOf } from '../../../api/store.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { StatusCard } from '../card.tsx'
import { letIn, takeOut } from '../replies/acts.ts'
import type { Branch } from './tree.ts'

/** Replies that wait to be let in: each with its two answers, where whoever began the thread reads. */
export function WaitingReplies({ branches }: { branches: readonly Branch[] }) {
  return (
    <>
      {branches.map(({ status }) => (
        <div class="branch branch-top" key={status.id}>
          <StatusCard id={status.id} size="reply" />
          <Judgement status={status} />
        </div>
      ))}
    </>
  )
}

function Judgement({ status }: { status: Status }) {
  if (status.account.id === me.value.id)
    return (
      <p class="judgement meta">
        <Icon name="undoTime" small />
        {t('replies.youWait', 'Waits until the author of this thread lets it in.')}
      </p>
    )
  return (
    <p class="judgement meta">
      <Icon name="undoTime" small />
      <span>{t('replies.waits', 'Waits for you. Others do not see it here yet.')}</span>
      <button class="button button-soft button-small" type="button" onClick={() => void letIn(status)}>
        {t('replies.let', 'Let it in')}
      </button>
      <button class="button button-outline button-small" type="button" onClick={() => void takeOut(status)}>
        {t('replies.keepOut', 'Keep it out')}
      </button>
    </p>
  )
}

type FoldProps = { branches: readonly Branch[]; count: number }

/** What the author keeps out of the thread: counted for everybody, opened by those who may see it there. */
export function FoldedReplies({ branches, count }: FoldProps) {
  const [isOpen, setOpen] = useState(false)
  const n = Math.max(count, branches.length)
  if (n === 0) return null
  return (
    <>
      <div class="completeness">
        <Icon name="hidden" />
        <p>{t('thread.folded', '{n, plural, one {# reply is} other {# replies are}} kept out by the author', { n })}</p>
        {branches.length > 0 && (
          <button class="link-button" type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {isOpen ? t('thread.hideFolded', 'Hide') : t('thread.showFolded', 'Show')}
          </button>
        )}
      </div>
      {isOpen && branches.map(({ status }) => <StatusCard key={status.id} id={status.id} size="reply" />)}
    </>
  )
}

/** Why a reply is not in the thread, as it is known now. */
export const asideOf = (status: Status) => (statusOf(status.id).value ?? status).hamlet?.set_aside
