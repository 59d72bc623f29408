import type { PageModel } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'
import { EmojiText } from '../../ui/emoji.tsx'
import { Html } from '../../ui/html.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, countOf, Empty, Icon, Time } from '../../ui/parts.tsx'
import { Body } from '../statuses/post.tsx'

type Model = Extract<PageModel, { kind: 'profile' }>

const monthFormat = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

export function ProfilePage({ model }: { model: Model }) {
  const { account, statuses, olderUrl } = model
  const name = account.display_name || account.username
  return (
    <div class="profile">
      <img class="cover" src={account.header} alt="" width={976} height={260} />
      <div class="profile-body">
        <Person model={model} />
        <main class="h-feed">
          <h2 class="posts-title">Posts</h2>
          <div class="sheet">
            {statuses.map((status) => (
              <Entry key={status.id} status={status} />
            ))}
            {statuses.length === 0 && (
              <Empty title={account.suspended ? 'This account is suspended' : 'No posts yet'}>
                {emptyText(model, name)}
              </Empty>
            )}
            {olderUrl && (
              <p class="older">
                <a class="button button-outline" href={olderUrl} rel="next">
                  Older posts
                </a>
              </p>
            )}
          </div>
        </main>
      </div>
    </div>
  )
}

function emptyText(model: Model, name: string): string {
  if (model.account.suspended) return 'The team of this server has closed it. Its posts are not shown.'
  return `When ${name} writes something for everyone, it appears here.`
}

function Person({ model }: { model: Model }) {
  const { account, site } = model
  const tallies = [
    [account.statuses_count, 'posts'],
    [account.following_count, 'follows'],
    [account.followers_count, 'followers'],
  ] as const
  return (
    <section class="person h-card" aria-label="About this person">
      <Avatar src={account.avatar} size={104} />
      <h1 class="p-name" dir="auto">
        <Name account={account} />
      </h1>
      <p class="person-handle p-nickname">
        @{account.username}@{site.domain}
      </p>
      {!account.suspended && (
        <p class="person-follow">
          <a class="button button-primary" href={`/interact?uri=${encodeURIComponent(account.url)}`} rel="nofollow">
            Follow
          </a>
        </p>
      )}
      {account.note !== '' && (
        <div class="bio prose p-note" dir="auto">
          <Html html={account.note} emojis={account.emojis} />
        </div>
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
                <span class="field-verified" title="The page links back to this profile, so both belong together.">
                  <Icon name="verified" small />
                  Checked <Time at={field.verified_at} short />
                </span>
              )}
            </dd>
          </div>
        ))}
        <div>
          <dt>Joined</dt>
          <dd>{monthFormat.format(new Date(account.created_at))}</dd>
        </div>
      </dl>
      <p class="tallies">
        {tallies.map(([count, label]) => (
          <span key={label}>
            <b>{count.toLocaleString('en')}</b> {label}
          </span>
        ))}
      </p>
    </section>
  )
}

/** A post in its author's list: the person stands beside it once, so name and picture are not repeated. */
function Entry({ status }: { status: Status }) {
  const counts = [
    countOf(status.replies_count, 'reply', 'replies'),
    countOf(status.reblogs_count, 'boost', 'boosts'),
    countOf(status.favourites_count, 'favourite', 'favourites'),
  ].filter(Boolean)
  return (
    <article class="entry h-entry">
      <p class="meta">
        <a class="meta u-url" href={status.url ?? status.uri}>
          <Time at={status.created_at} />
        </a>
      </p>
      <Body status={status} />
      {counts.length > 0 && <p class="meta">{counts.join(' · ')}</p>}
    </article>
  )
}
