import type { Account, FeaturedTag } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { requestPage } from '../../api/request.ts'
import { keepStatus, statusOf } from '../../api/store.ts'
import { makeStatusFeed } from '../../api/timeline.ts'
import { navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { StatusCard } from '../statuses/card.tsx'
import { Tiles, tilesOf } from './media-grid.tsx'
import type { Tab } from './words.ts'

const tagOf = (tag: FeaturedTag) => tag.url.split('/').at(-1) ?? tag.name

type PostsProps = { account: Account; tab: Tab; tagged: string | undefined; tags: readonly FeaturedTag[] }

/** What somebody wrote: a tab of it, or what has a hashtag. */
export function Posts({ account, tab, tagged, tags }: PostsProps) {
  const [withBoosts, setBoosts] = useState(true)
  const path = pathOf(account, { tab, tagged, withBoosts })
  const feed = useMemo(() => makeStatusFeed(path), [path])
  const name = nameOf(account)
  const empty = {
    icon: 'write' as const,
    title: t('profiles.noPosts', 'Nothing here yet'),
    text: t('profiles.noPostsText', 'What {name} writes for you to see appears here.', { name }),
  }
  const shown = feed.items.value
  return (
    <>
      {tab === 'posts' && (
        <Chips account={account} tags={tags} tagged={tagged} withBoosts={withBoosts} setBoosts={setBoosts} />
      )}
      {tab === 'posts' && tagged === undefined && <Pinned account={account} />}
      {tab === 'media' && <Tiles tiles={tilesOf(shown)} />}
      <FeedList
        feed={feed}
        empty={empty}
        draw={(status) => (tab === 'media' ? null : <StatusCard key={status.id} id={status.id} />)}
      />
    </>
  )
}

function pathOf(
  account: Account,
  { tab, tagged, withBoosts }: { tab: Tab; tagged: string | undefined; withBoosts: boolean },
): string {
  const query = new URLSearchParams()
  if (tagged !== undefined) query.set('tagged', tagged)
  else if (tab === 'posts') query.set('exclude_replies', 'true')
  if (tab === 'posts' && !withBoosts) query.set('exclude_reblogs', 'true')
  if (tab === 'media') {
    query.set('only_media', 'true')
    query.set('limit', '40')
    if (!account.show_media_replies) query.set('exclude_replies', 'true')
  }
  return `/api/v1/accounts/${account.id}/statuses?${query}`
}

type ChipsProps = Omit<PostsProps, 'tab'> & { withBoosts: boolean; setBoosts: (isOn: boolean) => void }

/** What of the posts is wanted; a hashtag has an address, so that it can be sent on. */
function Chips({ account, tags, tagged, withBoosts, setBoosts }: ChipsProps) {
  const home = `/@${account.acct}`
  return (
    <fieldset class="chips person-chips" aria-label={t('profiles.narrow', 'Which posts')}>
      {[false, true].map((isWith) => (
        <button
          key={String(isWith)}
          class={isWith === withBoosts ? 'chip chip-on' : 'chip'}
          type="button"
          aria-pressed={isWith === withBoosts}
          onClick={() => setBoosts(isWith)}
        >
          {isWith ? t('profiles.withBoosts', 'With boosts') : t('profiles.onlyOwn', 'Originals')}
        </button>
      ))}
      {tags.map((tag) => {
        const isOn = tagOf(tag) === tagged
        return (
          <button
            key={tag.id}
            class={isOn ? 'chip chip-on' : 'chip'}
            type="button"
            aria-pressed={isOn}
            onClick={() => navigate(isOn ? home : `${home}/tagged/${encodeURIComponent(tagOf(tag))}`)}
          >
            <bdi>#{tag.name}</bdi> <small>{tag.statuses_count}</small>
          </button>
        )
      })}
      {tagged !== undefined && !tags.some((tag) => tagOf(tag) === tagged) && (
        <button class="chip chip-on" type="button" aria-pressed="true" onClick={() => navigate(home)}>
          <bdi>#{tagged}</bdi>
          <Icon name="close" small />
        </button>
      )}
    </fieldset>
  )
}

/** What stands on top, the latest pin first. Without an answer the posts below are there all the same. */
function Pinned({ account }: { account: Account }) {
  const [ids, setIds] = useState<string[]>([])
  useEffect(() => {
    const load = async () => {
      const { items } = await requestPage<Status>(`/api/v1/accounts/${account.id}/statuses?pinned=true`)
      for (const status of items) keepStatus(status)
      setIds(items.map((status) => status.id))
    }
    load().catch(() => {})
  }, [account.id])
  // Only its author is told whether a post is pinned, and one that they take down leaves at once.
  const shown = ids.filter((id) => statusOf(id).value?.pinned !== false)
  return (
    <>
      {shown.map((id) => (
        <section class="pinned" key={id} aria-label={t('profiles.pinnedPost', 'Pinned post')}>
          <p class="pinned-line">
            <Icon name="pin" small />
            {t('profiles.pinned', 'Pinned')}
          </p>
          <StatusCard id={id} />
        </section>
      ))}
    </>
  )
}
