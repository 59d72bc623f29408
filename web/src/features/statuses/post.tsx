import { HtmlTree } from '../../ui/html.tsx'
import type { Status } from '@hamlet/contract/status'
import { amount, t } from '../../i18n/words.ts'
import { EmojiText } from '../../ui/emoji.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar, Icon, Time } from '../../ui/parts.tsx'
import { LinkCard } from '../cards/link-card.tsx'
import { PublicPoll } from '../polls/public-poll.tsx'
import { PublicPictures } from './public-pictures.tsx'
import { PublicQuote } from './quote/public-quote.tsx'
import { wordsOf } from './quote/words.ts'

const audience: Record<Status['visibility'], () => string> = {
  public: () => t('public.everyone', 'Everyone'),
  unlisted: () => t('public.quietly', 'Everyone, quietly'),
  private: () => t('public.followersOnly', 'Followers'),
  direct: () => t('public.mentionedOnly', 'Mentioned people'),
}

export function nameOf(status: Status): string {
  return status.account.display_name || status.account.username
}

/** The words and pictures of a post; behind a warning they stay folded until they are asked for. */
export function Body({ status, isRoot = false }: { status: Status; isRoot?: boolean }) {
  const whole = (
    <>
      {status.content && (
        <div class="prose e-content" dir="auto" lang={status.language ?? undefined}>
          <HtmlTree nodes={wordsOf(status)} emojis={status.emojis} />
        </div>
      )}
      <PublicPictures status={status} isRoot={isRoot} />
      <PublicPoll status={status} />
      {status.card && (
        <LinkCard card={status.card} isSensitive={status.sensitive && status.spoiler_text === ''} isPublic />
      )}
      <PublicQuote status={status} body={(quoted) => <Body status={quoted} />} />
    </>
  )
  if (status.spoiler_text === '') return whole
  return (
    <details class="warning">
      <summary>
        <Icon name="chevron" />
        <span class="p-summary" dir="auto">
          <span class="visually-hidden">{t('public.warningBefore', 'Warning:')} </span>
          <EmojiText text={status.spoiler_text} emojis={status.emojis} />
        </span>
      </summary>
      {whole}
    </details>
  )
}

/** `3 replies`, `1 reply`; nothing for none. */
export function repliesOf({ replies_count: n }: Status): string | undefined {
  return n === 0 ? undefined : t('public.replies', '{n, plural, one {# reply} other {# replies}}', { n })
}

export function boostsOf({ reblogs_count: n }: Status): string | undefined {
  return n === 0 ? undefined : t('public.boosts', '{n, plural, one {# boost} other {# boosts}}', { n })
}

export function favouritesOf({ favourites_count: n }: Status): string | undefined {
  return n === 0 ? undefined : t('public.favourites', '{n, plural, one {# favourite} other {# favourites}}', { n })
}

/** How often a post in a list was answered, boosted and favourited; nothing where that never was. */
export function Tally({ status }: { status: Status }) {
  const counts = [repliesOf(status), boostsOf(status), favouritesOf(status)].filter(Boolean)
  return counts.length > 0 ? <p class="meta tally">{counts.join(' · ')}</p> : null
}

/** What a reader could do with it: each leads through their own server. Replies are counted where they begin. */
function Acts({ status }: { status: Status }) {
  const here = `/interact?uri=${encodeURIComponent(status.uri)}`
  const counted = (words: string, n: number) => (n === 0 ? words : `${words} · ${amount(n)}`)
  const acts = [
    ['reply', t('public.reply', 'Reply')],
    ['boost', counted(t('public.boost', 'Boost'), status.reblogs_count)],
    ['favourite', counted(t('public.favourite', 'Favourite'), status.favourites_count)],
  ] as const
  return (
    <ul class="counts">
      {acts.map(([icon, words]) => (
        <li key={icon}>
          <a href={here} rel="nofollow">
            <Icon name={icon} />
            {words}
          </a>
        </li>
      ))}
      <li class="counts-end">
        <a class="u-url" href={status.url ?? status.uri}>
          <Icon name="link" />
          {t('public.link', 'Link')}
        </a>
      </li>
    </ul>
  )
}

/** A post as the subject of its page. */
export function RootPost({ status, domain }: { status: Status; domain: string }) {
  const { account } = status
  return (
    <article class="post-root h-entry">
      <div class="post-head p-author h-card">
        <Avatar src={account.avatar} size={56} />
        <a class="u-url" href={account.url}>
          <span class="person-name p-name">
            <Name account={account} />
          </span>
          <span class="person-handle">@{account.acct.includes('@') ? account.acct : `${account.acct}@${domain}`}</span>
        </a>
        <a class="button button-outline" href={`/interact?uri=${encodeURIComponent(account.url)}`} rel="nofollow">
          {t('public.follow', 'Follow')}
        </a>
      </div>
      <Body status={status} isRoot />
      <p class="meta when">
        <Time at={status.created_at} /> · {audience[status.visibility]()}
        {status.edited_at && ` · ${t('public.edited', 'edited')}`}
        {status.hamlet?.imported && ` · ${t('statuses.imported', 'imported')}`}
      </p>
      <Acts status={status} />
    </article>
  )
}

/** A post in the thread around the root. `depth` indents, at most three levels. */
export function ThreadPost({ status, depth }: { status: Status; depth: number }) {
  const counts = [repliesOf(status), favouritesOf(status)].filter(Boolean)
  return (
    <article class="reply h-entry" data-depth={depth > 0 ? Math.min(depth, 3) : undefined}>
      <Avatar src={status.account.avatar} size={40} />
      <div>
        <div class="reply-head p-author h-card">
          <span class="reply-who">
            <a class="u-url" href={status.account.url}>
              <Name class="person-name p-name" account={status.account} />
            </a>
            <span class="person-handle">@{status.account.acct}</span>
          </span>
          <a class="meta" href={status.url ?? status.uri}>
            <Time at={status.created_at} short />
          </a>
        </div>
        <Body status={status} />
        {counts.length > 0 && (
          <p class="meta tally">
            {counts.map((words) => (
              <span key={words}>{words}</span>
            ))}
          </p>
        )}
      </div>
    </article>
  )
}
