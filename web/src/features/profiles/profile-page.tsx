import type { PageModel } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'
import { amount, dateInWords, rich, t } from '../../i18n/words.ts'
import { EmojiText } from '../../ui/emoji.tsx'
import { Html } from '../../ui/html.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Empty, Icon, Time } from '../../ui/parts.tsx'
import { Body, Tally } from '../statuses/post.tsx'

type Model = Extract<PageModel, { kind: 'profile' }>

export function ProfilePage({ model }: { model: Model }) {
  const { account, pinned, statuses, olderUrl } = model
  const name = account.display_name || account.username
  return (
    <div class="profile">
      <img class="cover" src={account.header} alt="" width={976} height={260} />
      <div class="profile-body">
        <Person model={model} />
        <main class="h-feed">
          <h2 class="visually-hidden">{t('public.posts', 'Posts')}</h2>
          <Tabs model={model} />
          <div class="sheet">
            {pinned.map((status) => (
              <Entry key={status.id} status={status} isPinned />
            ))}
            {statuses.map((status) => (
              <Entry key={status.id} status={status} />
            ))}
            {statuses.length + pinned.length === 0 && (
              <Empty
                title={
                  account.suspended
                    ? t('public.suspended', 'This account is suspended')
                    : t('public.noPosts', 'No posts yet')
                }
              >
                {emptyText(model, name)}
              </Empty>
            )}
            {olderUrl && (
              <p class="older">
                <a class="button button-outline" href={olderUrl} rel="next">
                  {t('public.older', 'Older posts')}
                </a>
              </p>
            )}
          </div>
        </main>
      </div>
    </div>
  )
}

/** Each is an address of its own, so that it works without a script. */
function Tabs({ model: { account, tab, tagged } }: { model: Model }) {
  const here = `/@${account.username}`
  const tabs = [
    ['posts', here, t('public.posts', 'Posts')],
    ['replies', `${here}?show=replies`, t('profiles.repliesTab', 'Posts and replies')],
    ['media', `${here}?show=media`, t('profiles.media', 'Media')],
  ] as const
  return (
    <nav class="posts-tabs" aria-label={t('public.whichPosts', 'Which posts')}>
      {tabs.map(([name, href, words]) => (
        <a key={name} href={href} aria-current={tab === name && tagged === undefined ? 'page' : undefined}>
          {words}
        </a>
      ))}
      {tagged !== undefined && (
        <a href={`${here}/tagged/${encodeURIComponent(tagged)}`} aria-current="page">
          <bdi>#{tagged}</bdi>
        </a>
      )}
    </nav>
  )
}

function emptyText(model: Model, name: string): string {
  if (model.account.suspended)
    return t('public.suspendedText', 'The team of this server has closed it. Its posts are not shown.')
  return t('public.noPostsText', 'When {name} writes something for everyone, it appears here.', { name })
}

function Person({ model }: { model: Model }) {
  const { account, site } = model
  return (
    <section class="person h-card" aria-label={t('public.aboutPerson', 'About this person')}>
      <Avatar src={account.avatar} size={120} />
      <h1 class="p-name" dir="auto">
        <Name account={account} />
      </h1>
      <p class="person-handle p-nickname">
        @{account.username}@{site.domain}
      </p>
      {account.note !== '' && (
        <div class="bio prose p-note" dir="auto">
          <Html html={account.note} emojis={account.emojis} />
        </div>
      )}
      {!account.suspended && (
        <p class="person-follow">
          <a class="button button-primary" href={`/interact?uri=${encodeURIComponent(account.url)}`} rel="nofollow">
            {t('public.follow', 'Follow')}
          </a>
          <a class="button button-outline" href={`${account.url}.rss`} aria-label={t('public.feed', 'Feed')}>
            <Icon name="feed" />
          </a>
        </p>
      )}
      <dl class="facts">
        {account.fields.map((field) => (
          <div key={field.name}>
            <dt dir="auto">
              <EmojiText text={field.name} emojis={account.emojis} />
            </dt>
            <dd class="prose" dir="auto">
              <Html html={field.value} emojis={account.emojis} />
              {field.verified_at && (
                <span
                  class="field-verified"
                  title={t('profiles.verifiedHelp', 'The page links back to this profile, so both belong together.')}
                >
                  <Icon name="verified" small />
                  {rich('profiles.checked', 'Checked {date}', { date: <Time at={field.verified_at} short /> })}
                </span>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>{t('public.joined', 'Joined')}</dt>
          <dd>{dateInWords(account.created_at, { month: 'long', year: 'numeric' })}</dd>
        </div>
      </dl>
      <Tallies account={account} />
    </section>
  )
}

function Tallies({ account }: Pick<Model, 'account'>) {
  return (
    <p class="tallies">
      <span>
        {rich(
          'public.tallyPosts',
          '{n, plural, one {{count} post} other {{count} posts}}',
          tallyOf(account.statuses_count),
        )}
      </span>
      <span>
        {rich(
          'public.tallyFollows',
          '{n, plural, one {{count} follows} other {{count} follows}}',
          tallyOf(account.following_count),
        )}
      </span>
      <span>
        {rich(
          'public.tallyFollowers',
          '{n, plural, one {{count} follower} other {{count} followers}}',
          tallyOf(account.followers_count),
        )}
      </span>
    </p>
  )
}

const tallyOf = (n: number) => ({ n, count: <b>{amount(n)}</b> })

/** A post in its author's list: the person stands beside it once, so name and picture are not repeated. */
function Entry({ status, isPinned = false }: { status: Status; isPinned?: boolean }) {
  return (
    <article class="entry h-entry">
      <p class="meta entry-when">
        {isPinned && (
          <>
            <Icon name="pin" small />
            {t('public.pinned', 'Pinned')} ·{' '}
          </>
        )}
        <a class="meta u-url" href={status.url ?? status.uri}>
          <Time at={status.created_at} day />
        </a>
      </p>
      <Body status={status} />
      <Tally status={status} />
    </article>
  )
}
