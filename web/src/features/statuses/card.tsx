import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { statusOf } from '../../api/store.ts'
import { t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { later } from '../../ui/later.tsx'
import { Name } from '../../ui/name.tsx'
import { Ago } from '../../ui/time.tsx'
import { isCountedAtIcons } from './card/counts.ts'
import { filteredFace, UnfoldedLine } from '../filters/filtered.tsx'
import { pathOf } from './acts.ts'
import { audienceIcons, audienceName } from './audience.ts'
import { Actions } from './card/actions.tsx'
import { Content } from './card/content.tsx'
import { BoostLine, ParentLine } from './card/context-line.tsx'
import { spokenName } from './card/spoken-name.ts'
import { QuoteCard } from './quote/quote.tsx'

export type CardSize = 'card' | 'reply' | 'root'
type CardProps = {
  id: string
  size?: CardSize
  /** Accounts that boosted it, when more than the boost itself says. */
  boosters?: readonly string[]
  /** Its place in the list, from 1; the whole length is never known (ARIA feed). */
  position?: number
  below?: ComponentChildren
  /** Beside the name: what the person is in this place. */
  badge?: ComponentChildren
}

const FollowButton = later<{ account: Account }>(() =>
  import('../profiles/follow-button.tsx').then((module) => module.FollowButton),
)

const AVATARS: Record<CardSize, number> = { card: 44, reply: 36, root: 48 }

/** A post in a list, in a thread, or as the subject of its page. Draws itself again when the post changes. */
export function StatusCard({ id, size = 'card', boosters, position, below, badge }: CardProps) {
  const status = statusOf(id).value
  if (!status) return null
  const subject = status.reblog ?? status
  // Who opens a post wants to read it: the root of a thread is never folded.
  const face = size === 'root' ? undefined : filteredFace({ status: subject, size, position })
  if (face !== undefined) return face
  return (
    <article
      class={`card card-${size}`}
      aria-label={spokenName(subject)}
      tabIndex={-1}
      data-id={subject.id}
      {...(position === undefined ? {} : { 'aria-posinset': position, 'aria-setsize': -1 })}
    >
      <BoostLine boosters={boosters ?? (status.reblog ? [status.account.id] : [])} />
      {size !== 'root' && <UnfoldedLine status={subject} />}
      <a class="card-avatar" href={`/@${subject.account.acct}`} tabIndex={-1} aria-hidden="true">
        <Avatar src={subject.account.avatar} size={AVATARS[size]} />
      </a>
      <Head status={subject} size={size} badge={badge} />
      {size === 'root' && <FollowButton account={subject.account} />}
      <div class="card-main">
        {size === 'card' && <ParentLine status={subject} />}
        {subject.hamlet?.label && (
          <p class="tag card-label" dir="auto">
            {subject.hamlet.label}
          </p>
        )}
        <Content status={subject} isRoot={size === 'root'}>
          <QuoteCard status={subject} />
        </Content>
        {below}
        <Actions status={subject} reason={status.hamlet?.reason} withCounts={size !== 'root' || isCountedAtIcons()} />
      </div>
    </article>
  )
}

function Head({ status, size, badge }: { status: Status; size: CardSize; badge: ComponentChildren }) {
  const { account } = status
  return (
    <header class="card-head">
      <a class="card-name" href={`/@${account.acct}`}>
        <Name account={account} />
      </a>
      {badge}
      <span class="card-handle">@{account.acct}</span>
      {size !== 'root' && (
        <a class="card-time" href={pathOf(status)}>
          {status.visibility !== 'public' || size === 'card' ? (
            <span title={audienceName(status.visibility)}>
              <Icon name={audienceIcons[status.visibility]} small />
              <span class="visually-hidden">{audienceName(status.visibility)}, </span>
            </span>
          ) : null}
          <Ago at={status.created_at} />
          {status.edited_at && <span class="visually-hidden">, {t('statuses.edited', 'edited')}</span>}
          {status.edited_at && <Icon name="edited" small />}
          {status.hamlet?.imported && ` · ${t('statuses.imported', 'imported')}`}
        </a>
      )}
    </header>
  )
}
