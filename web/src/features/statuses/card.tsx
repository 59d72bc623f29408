import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { IconName } from '../../../sprite.ts'
import { statusOf } from '../../api/store.ts'
import { me } from '../../app/session.ts'
import { navigate } from '../../app/router.ts'
import { Html } from '../../ui/html.tsx'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { Ago, FullTime } from '../../ui/time.tsx'
import { threadMuteItems } from '../direct-threads/thread-mutes.ts'
import { openReport } from '../moderation/report-sheet.tsx'
import { blockAccount, muteAccount } from '../profiles/acts.ts'
import { copyLink, pathOf, removeStatus, toggleBookmark, toggleBoost, toggleFavourite } from './acts.ts'
import { openComposer } from './composer-state.ts'
import { Pictures, type Picture } from './pictures.tsx'

export const audienceIcons: Record<Status['visibility'], IconName> = {
  public: 'public',
  unlisted: 'unlisted',
  private: 'private',
  direct: 'direct',
}
export const audienceNames: Record<Status['visibility'], string> = {
  public: 'Everyone',
  unlisted: 'Everyone, quietly',
  private: 'Followers',
  direct: 'Mentioned people',
}

type CardProps = { id: string; size?: 'card' | 'reply' | 'root'; below?: ComponentChildren }

/** A post in a list, in a thread, or as the subject of its page. Draws itself again when the post changes. */
export function StatusCard({ id, size = 'card', below }: CardProps) {
  const status = statusOf(id).value
  if (!status) return null
  const subject = status.reblog ?? status
  return (
    <article
      class={`card card-${size}`}
      aria-label={`Post by ${subject.account.display_name || subject.account.username}`}
      tabIndex={-1}
      data-id={subject.id}
    >
      {status.reblog && (
        <p class="card-context">
          <Icon name="boost" small />
          <span>
            <a href={`/@${status.account.acct}`}>
              <bdi>{status.account.display_name || status.account.username}</bdi>
            </a>{' '}
            boosted
          </span>
        </p>
      )}
      <a class="card-avatar" href={`/@${subject.account.acct}`} tabIndex={-1} aria-hidden="true">
        <Avatar src={subject.account.avatar} size={size === 'root' ? 48 : size === 'reply' ? 36 : 44} />
      </a>
      <Head status={subject} size={size} />
      <div class="card-main">
        <Content status={subject} />
        {size === 'root' && <RootMeta status={subject} />}
        <Actions status={subject} withCounts={size !== 'root'} />
        {below}
      </div>
    </article>
  )
}

function Head({ status, size }: { status: Status; size: CardProps['size'] }) {
  const { account } = status
  return (
    <header class="card-head">
      <a class="card-name" href={`/@${account.acct}`}>
        <bdi>{account.display_name || account.username}</bdi>
      </a>
      <span class="card-handle">@{account.acct}</span>
      {size !== 'root' && (
        <a class="card-time" href={pathOf(status)}>
          {status.visibility !== 'public' || size === 'card' ? (
            <span title={audienceNames[status.visibility]}>
              <Icon name={audienceIcons[status.visibility]} small />
              <span class="visually-hidden">For {audienceNames[status.visibility]}, </span>
            </span>
          ) : null}
          <Ago at={status.created_at} />
        </a>
      )}
    </header>
  )
}

function Content({ status }: { status: Status }) {
  const [isOpen, setOpen] = useState(status.spoiler_text === '')
  const pictures = status.media_attachments as Picture[]
  return (
    <>
      {status.spoiler_text !== '' && (
        <p class="card-warning">
          <Icon name="warning" />
          <strong dir="auto">{status.spoiler_text}</strong>
          <button
            class="button button-outline button-small"
            type="button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {isOpen ? 'Close' : 'Open'}
          </button>
        </p>
      )}
      {isOpen && (
        <>
          <div class="prose" dir="auto" lang={status.language ?? undefined}>
            <Html html={status.content ?? ''} links={{ mentions: status.mentions }} />
          </div>
          <Pictures pictures={pictures} isSensitive={status.sensitive && status.spoiler_text === ''} />
        </>
      )}
    </>
  )
}

function RootMeta({ status }: { status: Status }) {
  const { deliveries } = status.hamlet ?? {}
  const counts = [
    [status.reblogs_count, 'boost', 'boosts'],
    [status.favourites_count, 'favourite', 'favourites'],
  ] as const
  return (
    <>
      <p class="meta root-meta">
        <Icon name={audienceIcons[status.visibility]} small />
        {audienceNames[status.visibility]} · <FullTime at={status.created_at} />
        {status.edited_at && ' · edited'}
        {deliveries && (
          <span class="ledger">
            {' '}
            · on {deliveries.delivered} of {deliveries.total} {deliveries.total === 1 ? 'server' : 'servers'}
          </span>
        )}
      </p>
      {status.reblogs_count + status.favourites_count > 0 && (
        <p class="root-counts">
          {counts.map(
            ([count, one, many]) =>
              count > 0 && (
                <span key={many}>
                  <b>{count.toLocaleString()}</b> {count === 1 ? one : many}
                </span>
              ),
          )}
        </p>
      )}
    </>
  )
}

type ActProps = {
  icon: IconName
  label: string
  count?: number | undefined
  isOn?: boolean
  tone?: 'boost' | 'fav' | 'accent'
  run: () => void
}

/** The count is part of the button's name, or a screen reader would read one thing and show another. */
function Act({ icon, label, count, isOn, tone, run }: ActProps) {
  const shown = count ? count.toLocaleString() : ''
  return (
    <button
      type="button"
      class={`act ${isOn ? `act-on act-${tone ?? 'accent'}` : ''}`}
      aria-pressed={isOn}
      aria-label={shown ? `${label} ${shown}` : label}
      title={label}
      onClick={run}
    >
      <Icon name={icon} />
      <span aria-hidden="true">{shown}</span>
    </button>
  )
}

function Actions({ status, withCounts }: { status: Status; withCounts: boolean }) {
  const count = (value: number) => (withCounts ? value : undefined)
  const isPrivate =
    status.visibility === 'direct' || (status.visibility === 'private' && status.account.id !== me.value.id)
  return (
    <div class="acts">
      <Act
        icon="reply"
        label="Reply"
        count={count(status.replies_count)}
        run={() => openComposer({ replyTo: status })}
      />
      {isPrivate ? (
        <span class="act act-none" />
      ) : (
        <Act
          icon="boost"
          label="Boost"
          count={count(status.reblogs_count)}
          isOn={status.reblogged ?? false}
          tone="boost"
          run={() => void toggleBoost(status)}
        />
      )}
      <Act
        icon="favourite"
        label="Favourite"
        count={count(status.favourites_count)}
        isOn={status.favourited ?? false}
        tone="fav"
        run={() => void toggleFavourite(status)}
      />
      <span class="acts-gap" />
      <Act icon="bookmark" label="Bookmark" isOn={status.bookmarked ?? false} run={() => void toggleBookmark(status)} />
      <Act icon="share" label="Copy link" run={() => void copyLink(status)} />
      <Menu label="More" class="act" items={moreItems(status)}>
        <Icon name="more" />
      </Menu>
    </div>
  )
}

function moreItems(status: Status): MenuItem[] {
  const { account } = status
  const name = account.display_name || account.username
  const items: MenuItem[] = [
    { label: 'Open the post', icon: 'thread', run: () => navigate(pathOf(status)) },
    { label: 'Copy link', icon: 'link', run: () => void copyLink(status) },
    ...threadMuteItems(status),
  ]
  if (account.id === me.value.id)
    return [
      ...items,
      { label: 'Edit', icon: 'write', run: () => openComposer({ edit: status }) },
      { label: 'Delete', icon: 'remove', isDangerous: true, run: () => void removeStatus(status) },
    ]
  return [
    ...items,
    { label: `Mute ${name}`, icon: 'mute', run: () => void muteAccount(account) },
    { label: `Block ${name}`, icon: 'block', isDangerous: true, run: () => void blockAccount(account) },
    { label: `Report ${name}`, icon: 'report', isDangerous: true, run: () => openReport(account, status) },
  ]
}
