import type { Account, FeaturedTag } from '@hamlet/contract/account'
import type { Status } from '@hamlet/contract/status'
import { useEffect, useState } from 'preact/hooks'
import { request } from '../../api/request.ts'
import { keepStatus } from '../../api/store.ts'
import { useAside } from '../../app/aside.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import { nameOf } from '../../ui/name.tsx'
import { Empty } from '../../ui/parts.tsx'
import { Fault } from '../../ui/states.tsx'
import { About } from './about.tsx'
import { Banners, shutBecause } from './banners.tsx'
import { ProfileDialogs } from './dialogs.tsx'
import { EditProfile } from './edit-profile.tsx'
import { Tiles, tilesOf } from './media-grid.tsx'
import { PrivateNote } from './note.tsx'
import { PersonHead, PersonSkeleton } from './person-head.tsx'
import { Posts } from './posts.tsx'
import { useAccount } from './use-account.ts'
import type { Tab } from './words.ts'

function tabsOf(account: Account): [Tab, string][] {
  const media: [Tab, string][] = account.show_media ? [['media', t('profiles.media', 'Media')]] : []
  return [
    ['posts', t('profiles.postsTab', 'Posts')],
    ['replies', t('profiles.repliesTab', 'Posts and replies')],
    ...media,
    ['about', t('profiles.aboutTab', 'About')],
  ]
}

/** Somebody's profile (pictures 06a, 06b), or what of it has a hashtag. */
export function ProfilePage({ acct, tagged }: { acct: string; tagged?: string }) {
  const { account, fault } = useAccount(acct)
  const [isNameSeen, setNameSeen] = useState(true)
  const [isEditing, setEditing] = useState(false)
  return (
    <>
      <ColumnHead title={account ? nameOf(account) : `@${acct}`} back isFaded={account !== undefined && isNameSeen} />
      <div class={isEditing ? 'sheet column-sheet' : 'sheet column-sheet profile-sheet'}>
        {fault && <Fault text={fault} />}
        {!account && !fault && <PersonSkeleton />}
        {account?.suspended && (
          <Empty title={t('profiles.suspended', 'This account is suspended')}>
            {t('profiles.suspendedText', 'The team of this server has closed it. Its posts are not shown.')}
          </Empty>
        )}
        {account && !account.suspended && isEditing && <EditProfile onDone={() => setEditing(false)} />}
        {account && !account.suspended && !isEditing && (
          <Whole account={account} tagged={tagged} onName={setNameSeen} edit={() => setEditing(true)} />
        )}
      </div>
      <ProfileDialogs />
    </>
  )
}

type WholeProps = {
  account: Account
  tagged: string | undefined
  onName: (isSeen: boolean) => void
  edit: () => void
}

function Whole({ account, tagged, onName, edit }: WholeProps) {
  const [tab, setTab] = useState<Tab>('posts')
  const [isOpened, setOpened] = useState(false)
  const tags = useFeaturedTags(account)
  const shut = shutBecause(account, isOpened, () => setOpened(true))
  useAside(() => <ProfileAside account={account} isShut={shut !== undefined} />, [account.id, shut === undefined])
  if (account.limited && shut?.act && !isOpened) return <Closed title={shut.title} text={shut.text} act={shut.act} />
  return (
    <>
      <PersonHead account={account} onName={onName} edit={edit} />
      <Banners account={account} />
      {shut ? (
        <Closed title={shut.title} text={shut.text} act={shut.act} />
      ) : (
        <>
          <Tabs label={t('profiles.tabs', 'What to show')} tabs={tabsOf(account)} current={tab} choose={setTab} />
          {tab === 'about' ? (
            <About account={account} tags={tags} />
          ) : (
            <Posts key={`${account.id} ${tab}`} account={account} tab={tab} tagged={tagged} tags={tags} />
          )}
        </>
      )}
    </>
  )
}

type ClosedProps = { title: string; text: string; act?: { label: string; run: () => void } | undefined }

function Closed({ title, text, act }: ClosedProps) {
  return (
    <div class="person-closed">
      <Empty title={title}>{text}</Empty>
      {act && (
        <button class="button button-outline" type="button" onClick={act.run}>
          {act.label}
        </button>
      )}
    </div>
  )
}

/** The hashtags on a profile; without an answer there are none. */
function useFeaturedTags(account: Account): readonly FeaturedTag[] {
  const [tags, setTags] = useState<readonly FeaturedTag[]>([])
  useEffect(() => {
    request<FeaturedTag[]>('GET', `/api/v1/accounts/${account.id}/featured_tags`)
      .then(setTags)
      .catch(() => {})
  }, [account.id, account])
  return tags
}

const MOST_PICTURES = 6

/** Beside the posts: one's note, and the latest pictures. */
function ProfileAside({ account, isShut }: { account: Account; isShut: boolean }) {
  const [statuses, setStatuses] = useState<readonly Status[]>([])
  useEffect(() => {
    if (isShut || !account.show_media) return
    const load = async () => {
      const path = `/api/v1/accounts/${account.id}/statuses?only_media=true&exclude_reblogs=true&limit=6`
      const found = await request<Status[]>('GET', path)
      for (const status of found) keepStatus(status)
      setStatuses(found)
    }
    load().catch(() => {})
  }, [account.id, isShut])
  const tiles = tilesOf(statuses).slice(0, MOST_PICTURES)
  return (
    <div class="person-aside">
      {account.id !== me.value.id && <PrivateNote account={account} />}
      {tiles.length > 0 && (
        <section>
          <h2>{t('profiles.pictures', 'Pictures')}</h2>
          <Tiles tiles={tiles} />
        </section>
      )}
    </div>
  )
}
