import type { Account } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import type { IconName } from '../../../sprite.ts'
import { request } from '../../api/request.ts'
import { keepAccount, keepStatus } from '../../api/store.ts'
import { hearStream } from '../../api/stream.ts'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { canManageUsers } from '../../app/session.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { pathOf } from '../statuses/acts.ts'
import { StatusCard } from '../statuses/card.tsx'

type Notification = {
  id: string
  type: string
  created_at: string
  account: Account
  status?: Status | null
  report?: { id: string; target_account: Account }
}

type Group = {
  id: string
  type: string
  created_at: string
  people: Account[]
  status?: Status | undefined
  first: Notification
  isUnread: boolean
}

/** How many one has not looked at. */
export const unread = signal(0)
const lastRead = signal('0')

type Markers = { notifications?: { last_read_id: string } }

export async function loadUnread(): Promise<void> {
  const [count, markers] = await Promise.all([
    request<{ count: number }>('GET', '/api/v1/notifications/unread_count').catch(() => ({ count: 0 })),
    request<Markers>('GET', '/api/v1/markers?timeline[]=notifications').catch((): Markers => ({})),
  ])
  unread.value = count.count
  lastRead.value = markers.notifications?.last_read_id ?? '0'
}

const kinds: Record<string, { icon: IconName; tone: string; say: string }> = {
  favourite: { icon: 'favourite', tone: 'fav', say: 'favourited your post' },
  reblog: { icon: 'boost', tone: 'boost', say: 'boosted your post' },
  follow: { icon: 'follow', tone: 'accent', say: 'followed you' },
  follow_request: { icon: 'follow', tone: 'accent', say: 'asked to follow you' },
  poll: { icon: 'poll', tone: 'accent', say: 'asked in a poll, and it is over' },
  update: { icon: 'write', tone: 'accent', say: 'edited a post you boosted' },
  quote: { icon: 'quote', tone: 'accent', say: 'quoted your post' },
  quoted_update: { icon: 'write', tone: 'accent', say: 'edited a post you quoted' },
  status: { icon: 'notifications', tone: 'accent', say: 'wrote something' },
  'admin.sign_up': { icon: 'follow', tone: 'accent', say: 'signed up' },
  'admin.report': { icon: 'report', tone: 'warn', say: 'reported somebody' },
  moderation_warning: { icon: 'warning', tone: 'warn', say: 'A moderator has written to you' },
}

const filters: [string, string, string[]][] = [
  ['all', 'All', []],
  ['mentions', 'Mentions', ['mention', 'quote']],
  ['follows', 'Follows', ['follow', 'follow_request']],
  ['marks', 'Boosts & favourites', ['reblog', 'favourite']],
  ['polls', 'Polls', ['poll']],
]

const AT_ONCE = 40

export function NotificationsPage() {
  const [filter, setFilter] = useState('all')
  const types = filters.find(([value]) => value === filter)?.[2] ?? []
  const feed = useMemo(() => {
    const query = types.map((type) => `&types[]=${type}`).join('')
    return makeFeed<Notification>(`/api/v1/notifications?limit=${AT_ONCE}${query}`, (one) => {
      keepAccount(one.account)
      if (one.status) keepStatus(one.status)
    })
  }, [filter])
  useEffect(
    () =>
      hearStream({ stream: 'user' }, (event) => {
        if (event.event !== 'notification') return
        const one = JSON.parse(event.payload) as Notification
        if (types.length > 0 && !types.includes(one.type)) return
        feed.arrive(one)
        feed.showWaiting()
      }),
    [feed],
  )
  const newest = feed.items.value[0]?.id
  useEffect(() => {
    if (!newest || filter !== 'all') return
    unread.value = 0
    const body = { notifications: { last_read_id: newest } }
    void request('POST', '/api/v1/markers', { body }).catch(() => {})
  }, [newest])
  const groups = groupUp(feed.items.value)
  return (
    <>
      <ColumnHead title="Notifications" tabs={<Filters current={filter} choose={setFilter} />} />
      <div class="sheet column-sheet">
        {groups.map((group) => (
          <Row key={group.id} group={group} />
        ))}
        <FeedList
          feed={feed}
          empty={{
            title: 'Nothing yet',
            text: 'When somebody answers, follows or likes what you wrote, you read it here.',
          }}
          draw={() => null}
        />
      </div>
    </>
  )
}

function Filters({ current, choose }: { current: string; choose: (filter: string) => void }) {
  return (
    <fieldset class="chips">
      <legend class="visually-hidden">Which notifications</legend>
      {filters.map(([value, label]) => (
        <button
          key={value}
          class={value === current ? 'chip chip-on' : 'chip'}
          type="button"
          aria-pressed={value === current}
          onClick={() => choose(value)}
        >
          {label}
        </button>
      ))}
    </fieldset>
  )
}

const GROUPED = ['favourite', 'reblog', 'follow', 'admin.sign_up']

/** Several people who did the same to the same post stand in one row. */
export function groupUp(all: readonly Notification[]): Group[] {
  const groups = new Map<string, Group>()
  for (const one of all) {
    const key = GROUPED.includes(one.type) ? `${one.type}-${one.status?.id ?? ''}` : one.id
    const known = groups.get(key)
    if (known) known.people.push(one.account)
    else
      groups.set(key, {
        id: key,
        type: one.type,
        created_at: one.created_at,
        people: [one.account],
        status: one.status ?? undefined,
        first: one,
        isUnread:
          one.id.length > lastRead.value.length || (one.id.length === lastRead.value.length && one.id > lastRead.value),
      })
  }
  return [...groups.values()]
}

function Row({ group }: { group: Group }) {
  if ((group.type === 'mention' || group.type === 'quote') && group.status)
    return (
      <div class={group.isUnread ? 'unread' : undefined}>
        <StatusCard id={group.status.id} />
      </div>
    )
  const kind = kinds[group.type] ?? { icon: 'notifications' as const, tone: 'accent', say: group.type }
  return (
    <article class={group.isUnread ? 'notice unread' : 'notice'}>
      <span class={`kind kind-${kind.tone}`}>
        <Icon name={kind.icon} />
      </span>
      <div>
        <p class="notice-faces">
          {group.people.slice(0, 6).map((account) => (
            <a key={account.id} href={`/@${account.acct}`} aria-label={account.display_name || account.username}>
              <Avatar src={account.avatar} size={32} />
            </a>
          ))}
          <span class="meta">
            <Ago at={group.created_at} />
          </span>
        </p>
        <p>
          <Names people={group.people} /> {kind.say}
        </p>
        {group.status && (
          <a class="notice-excerpt" href={pathOf(group.status)} dir="auto">
            {excerpt(group.status)}
          </a>
        )}
        <Lead group={group} />
      </div>
    </article>
  )
}

/** On to where it is decided. */
function Lead({ group }: { group: Group }) {
  const [href, label] = leadOf(group)
  return href === undefined ? null : (
    <a class="button button-outline button-small" href={href}>
      {label}
    </a>
  )
}

function leadOf({ type, first }: Group): [string, string] | [] {
  if (type === 'follow_request') return ['/follow-requests', 'Decide']
  if (type === 'admin.sign_up' && canManageUsers()) return ['/moderation/sign-ups', 'See who waits']
  return first.report ? [`/moderation/reports/${first.report.id}`, 'Read the report'] : []
}

function Name({ account }: { account: Account }) {
  const name = account.display_name || account.username
  return (
    <a href={`/@${account.acct}`} aria-label={name}>
      <strong>
        <bdi>{name}</bdi>
      </strong>
    </a>
  )
}

function Names({ people }: { people: readonly Account[] }) {
  const [first, second] = people
  if (!first) return null
  if (!second) return <Name account={first} />
  const others = people.length - 2
  return (
    <>
      <Name account={first} />
      {others > 0 ? ', ' : ' and '}
      <Name account={second} />
      {others > 0 && ` and ${others} ${others === 1 ? 'other' : 'others'}`}
    </>
  )
}

function excerpt(status: Status): string {
  if (status.spoiler_text) return `Warning: ${status.spoiler_text}`
  const body = new DOMParser().parseFromString(status.content ?? '', 'text/html').body
  return body.textContent?.slice(0, 200) || 'A picture'
}
