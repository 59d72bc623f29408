import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { relationshipOf } from '../../api/store.ts'
import { may, me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { Menu, type MenuItem } from '../../ui/menu.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { toggleFollow } from '../profiles/acts.ts'
import { pathOf } from '../statuses/acts.ts'
import { StatusCard } from '../statuses/card.tsx'
import { muteThread } from './acts.ts'
import { BusyPost } from './busy-post.tsx'
import { wordsOf } from './excerpt.ts'
import { FewerDialog } from './fewer.tsx'
import { kindOf } from './kinds.tsx'
import { nameOf, Names } from './names.tsx'
import { PeopleDialog } from './people-dialog.tsx'
import type { Row } from './rows.ts'
import { useSeen } from './see.ts'
import { isUnread, markSeen } from './unread.ts'

const FACES = 8
/** What somebody wrote to a reader stands there whole, unless it is one of many. */
const WHOLE = ['mention', 'quote']

export function NoticeRow({ row, changed }: { row: Row; changed: () => void }) {
  const isNew = isUnread(row.most_recent_notification_id)
  const element = useSeen<HTMLDivElement>(isNew, () => markSeen(row.most_recent_notification_id))
  const isWhole = WHOLE.includes(row.type) && row.notifications_count === 1 && row.status
  return (
    <div class={isNew ? 'notice-row unread' : 'notice-row'} ref={element}>
      {isNew && <span class="visually-hidden">{t('notify.new', 'New:')}</span>}
      {isWhole && row.status ? <StatusCard id={row.status.id} /> : <Told row={row} />}
      {row.hamlet && row.busyPost && <BusyPost post={row.busyPost} offer={row.hamlet} changed={changed} />}
    </div>
  )
}

function Told({ row }: { row: Row }) {
  const [isOpen, setOpen] = useState(false)
  const kind = kindOf(row.type)
  const { people, notifications_count: count, status } = row
  const seeAll = () => setOpen(true)
  return (
    <article class="notice">
      <span class={`kind kind-${kind.tone}`}>
        <Icon name={kind.icon} />
      </span>
      <div>
        <div class="notice-faces">
          {people.slice(0, FACES).map((account) => (
            <a key={account.id} href={`/@${account.acct}`} aria-label={nameOf(account)}>
              <Avatar src={account.avatar} size={32} />
            </a>
          ))}
          <span class="meta">{row.latest_page_notification_at && <Ago at={row.latest_page_notification_at} />}</span>
          <RowMenu row={row} />
        </div>
        <p>{kind.say(<Names people={people} count={count} seeAll={seeAll} />, count, row)}</p>
        {status && <Excerpt status={status} />}
        <Lead row={row} seeAll={seeAll} />
      </div>
      {isOpen && <PeopleDialog groupKey={row.group_key} close={() => setOpen(false)} />}
    </article>
  )
}

function Excerpt({ status }: { status: Status }) {
  return (
    <a class="notice-excerpt" href={pathOf(status)} dir="auto">
      {wordsOf(status)}
    </a>
  )
}

function RowMenu({ row }: { row: Row }) {
  const [isOpen, setOpen] = useState(false)
  const { status } = row
  const items: MenuItem[] = []
  if (status)
    items.push({ label: t('notify.muteThread', 'Mute this thread'), icon: 'mute', run: () => void muteThread(status) })
  if (row.people.length > 0)
    items.push({ label: t('notify.fewer', 'Fewer like this'), icon: 'adjust', run: () => setOpen(true) })
  if (items.length === 0) return null
  return (
    <>
      <Menu label={t('notify.rowMenu', 'More about this')} class="icon-button notice-more" items={items}>
        <Icon name="more" />
      </Menu>
      {isOpen && <FewerDialog row={row} close={() => setOpen(false)} />}
    </>
  )
}

/** On to where it is decided, or to the people themselves. */
function Lead({ row, seeAll }: { row: Row; seeAll: () => void }) {
  if (row.type === 'follow') return <FollowBack row={row} seeAll={seeAll} />
  if (row.type === 'follow_request') return <LeadLink href="/follow-requests">{t('notify.decide', 'Decide')}</LeadLink>
  if (row.type === 'admin.sign_up' && may('manage_users'))
    return <LeadLink href="/moderation/sign-ups">{t('notify.whoWaits', 'See who waits')}</LeadLink>
  if (row.type === 'severed_relationships')
    return <LeadLink href="/severed_relationships">{t('notify.whomLost', 'See whom you lost')}</LeadLink>
  if (row.type === 'moderation_warning')
    return <LeadLink href="/settings/standing">{t('notify.readDecision', 'Read what was decided')}</LeadLink>
  if (row.report)
    return (
      <LeadLink href={`/moderation/reports/${row.report.id}`}>{t('notify.readReport', 'Read the report')}</LeadLink>
    )
  return null
}

function LeadLink({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <p class="notice-acts">
      <a class="button button-outline button-small" href={href}>
        {children}
      </a>
    </p>
  )
}

function FollowBack({ row, seeAll }: { row: Row; seeAll: () => void }) {
  const first = row.people.find((account) => {
    const known = relationshipOf(account.id).value
    return account.id !== me.value.id && known && !known.following && !known.requested
  })
  const count = row.notifications_count
  if (!first && count < 2) return null
  return (
    <p class="notice-acts">
      {first && (
        <button class="button button-outline button-small" type="button" onClick={() => void toggleFollow(first)}>
          {t('notify.followBack', 'Follow {name}', { name: nameOf(first) })}
        </button>
      )}
      {count > 1 && (
        <button class="button button-outline button-small" type="button" onClick={seeAll}>
          {t('notify.seeAll', '{n, plural, other {See all #}}', { n: count })}
        </button>
      )}
    </p>
  )
}
