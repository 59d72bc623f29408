import type { Account } from '@hamlet/contract/account'
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { keepAccount, relationshipOf } from '../../api/store.ts'
import { makeFeed, makeStatusFeed } from '../../api/timeline.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { EmojiText } from '../../ui/emoji.tsx'
import { Html } from '../../ui/html.tsx'
import { Menu } from '../../ui/menu.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Empty, Icon } from '../../ui/parts.tsx'
import { Fault, FeedList, Skeleton } from '../../ui/states.tsx'
import { openAddToList } from '../lists/lists-state.ts'
import { SettingsLink } from '../settings/settings-link.tsx'
import { openReport } from '../moderation/report-sheet.tsx'
import { StatusCard } from '../statuses/card.tsx'
import { openComposer } from '../statuses/composer-state.ts'
import { blockAccount, loadRelationships, muteAccount, toggleFollow, unblockAccount, unmuteAccount } from './acts.ts'

/** Who is at a handle: read once, then kept. */
function useAccount(acct: string) {
  const found = useMemo(() => signal<Account | undefined>(undefined), [acct])
  const fault = useMemo(() => signal(''), [acct])
  useEffect(() => {
    const find = async () => {
      const account = await request<Account>('GET', `/api/v1/accounts/lookup?acct=${encodeURIComponent(acct)}`)
      keepAccount(account)
      found.value = account
      if (account.id !== me.value.id) await loadRelationships([account.id])
    }
    find().catch((error: unknown) => (fault.value = explain(error)))
  }, [acct])
  return { account: found.value, fault: fault.value }
}

type Tab = 'posts' | 'replies' | 'media'
const tabs: readonly (readonly [Tab, string])[] = [
  ['posts', 'Posts'],
  ['replies', 'Posts and replies'],
  ['media', 'Media'],
]
const queries: Record<Tab, string> = { posts: 'exclude_replies=true', replies: '', media: 'only_media=true' }

export function ProfilePage({ acct }: { acct: string }) {
  const { account, fault } = useAccount(acct)
  const [tab, setTab] = useState<Tab>('posts')
  if (fault)
    return (
      <>
        <ColumnHead title={`@${acct}`} back />
        <div class="sheet column-sheet">
          <Fault text={fault} />
        </div>
      </>
    )
  return (
    <>
      <ColumnHead title={account ? account.display_name || account.username : `@${acct}`} back />
      <div class="sheet column-sheet">
        {!account && <Skeleton rows={3} />}
        {account && <Person account={account} />}
        {account && !account.suspended && (
          <>
            <Tabs label="What to show" tabs={tabs} current={tab} choose={setTab} />
            <Posts key={`${account.id}-${tab}`} account={account} tab={tab} />
          </>
        )}
      </div>
    </>
  )
}

function Posts({ account, tab }: { account: Account; tab: Tab }) {
  const feed = useMemo(
    () => makeStatusFeed(`/api/v1/accounts/${account.id}/statuses?${queries[tab]}`),
    [account.id, tab],
  )
  const name = account.display_name || account.username
  return (
    <FeedList
      feed={feed}
      empty={{ title: 'Nothing here yet', text: `What ${name} writes for you to see appears here.` }}
      draw={(status) => <StatusCard key={status.id} id={status.id} />}
    />
  )
}

function Person({ account }: { account: Account }) {
  if (account.suspended)
    return (
      <Empty title="This account is suspended">The team of this server has closed it. Its posts are not shown.</Empty>
    )
  return (
    <div class="person-head">
      <img class="person-cover" src={account.header} alt={account.header_description} />
      <div class="person-top">
        <Avatar src={account.avatar} size={96} />
        <PersonActions account={account} />
      </div>
      <h2 class="person-title" dir="auto">
        <Name account={account} />
      </h2>
      <p class="person-sub">
        @{account.acct}
        <FollowsYou id={account.id} />
      </p>
      {account.note && (
        <div class="prose" dir="auto">
          <Html html={account.note} emojis={account.emojis} />
        </div>
      )}
      {account.fields.length > 0 && (
        <dl class="person-fields">
          {account.fields.map((field) => (
            <div key={field.name}>
              <dt dir="auto">
                <EmojiText text={field.name} emojis={account.emojis} />
              </dt>
              <dd dir="auto">
                <Html html={field.value} emojis={account.emojis} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      <p class="person-counts">
        <span>
          <b>{account.statuses_count.toLocaleString()}</b> posts
        </span>
        <a href={`/@${account.acct}/following`}>
          <b>{account.following_count.toLocaleString()}</b> follows
        </a>
        <a href={`/@${account.acct}/followers`}>
          <b>{account.followers_count.toLocaleString()}</b> followers
        </a>
      </p>
    </div>
  )
}

function FollowsYou({ id }: { id: string }) {
  const known = relationshipOf(id).value
  return known?.followed_by ? <span class="tag">Follows you</span> : null
}

function PersonActions({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  if (account.id === me.value.id)
    return (
      <div class="person-acts">
        <SettingsLink />
        <a class="button button-outline" href="/settings/profile">
          Edit profile
        </a>
      </div>
    )
  const name = account.display_name || account.username
  return (
    <div class="person-acts">
      <Menu
        label={`More about ${name}`}
        class="icon-button icon-outline"
        items={[
          { label: `Mention ${name}`, icon: 'direct', run: () => openComposer({ text: `@${account.acct} ` }) },
          { label: t('lists.addTo', 'Add to a list'), icon: 'list', run: () => openAddToList(account) },
          known?.muting
            ? { label: `Unmute ${name}`, icon: 'mute', run: () => void unmuteAccount(account) }
            : { label: `Mute ${name}`, icon: 'mute', run: () => void muteAccount(account) },
          known?.blocking
            ? { label: `Unblock ${name}`, icon: 'block', run: () => void unblockAccount(account) }
            : { label: `Block ${name}`, icon: 'block', isDangerous: true, run: () => void blockAccount(account) },
          { label: `Report ${name}`, icon: 'report', isDangerous: true, run: () => openReport(account) },
        ]}
      >
        <Icon name="more" />
      </Menu>
      <FollowButton account={account} />
    </div>
  )
}

/** Says how things stand; a press changes it. */
export function FollowButton({ account }: { account: Account }) {
  const known = relationshipOf(account.id).value
  if (!known || account.id === me.value.id) return null
  if (known.blocking)
    return (
      <button class="button button-outline" type="button" onClick={() => void unblockAccount(account)}>
        Unblock
      </button>
    )
  const words = known.following ? 'Following' : known.requested ? 'Asked' : account.locked ? 'Ask to follow' : 'Follow'
  const isOn = known.following || known.requested
  return (
    <button
      class={isOn ? 'button button-outline' : 'button button-primary'}
      type="button"
      aria-pressed={isOn}
      onClick={() => void toggleFollow(account)}
    >
      {known.following && <Icon name="check" />}
      {words}
    </button>
  )
}

type People = { title: string; path: string; empty: { title: string; text: string } }

export function PeopleList({ path, empty }: Omit<People, 'title'>) {
  const feed = useMemo(() => makeFeed<Account>(path, keepAccount), [path])
  const ids = feed.items.value.map((account) => account.id)
  useEffect(() => {
    void loadRelationships(ids.filter((id) => !relationshipOf(id).peek())).catch(() => {})
  }, [ids.length])
  return <FeedList feed={feed} empty={empty} draw={(account) => <PersonRow key={account.id} account={account} />} />
}

export function PersonRow({ account }: { account: Account }) {
  return (
    <div class="person-row">
      <Avatar src={account.avatar} size={44} />
      <a href={`/@${account.acct}`}>
        <strong>
          <Name account={account} />
        </strong>
        <span class="meta">@{account.acct}</span>
      </a>
      <FollowButton account={account} />
    </div>
  )
}

export function PeoplePage({ acct, kind }: { acct: string; kind: 'followers' | 'following' }) {
  const { account, fault } = useAccount(acct)
  const title = kind === 'followers' ? 'Followers' : 'Follows'
  return (
    <>
      <ColumnHead title={`${title} of @${acct}`} back />
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} />}
        {!account && !fault && <Skeleton />}
        {account && (
          <PeopleList
            path={`/api/v1/accounts/${account.id}/${kind}`}
            empty={{ title: 'Nobody yet', text: 'Or the list is not shown to others.' }}
          />
        )}
      </div>
    </>
  )
}
