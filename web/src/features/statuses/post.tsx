import { HtmlTree } from '../../ui/html.tsx'
import type { Status } from '@hamlet/contract/status'
import { t } from '../../i18n/words.ts'
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
export function Body({ status }: { status: Status }) {
  const whole = (
    <>
      {status.content && (
        <div class="prose e-content" dir="auto" lang={status.language ?? undefined}>
          <HtmlTree nodes={wordsOf(status)} emojis={status.emojis} />
        </div>
      )}
      <PublicPictures status={status} />
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

function Counts({ status }: { status: Status }) {
  const rows = [
    ['reply', repliesOf(status)],
    ['boost', boostsOf(status)],
    ['favourite', favouritesOf(status)],
  ] as const
  return (
    <ul class="counts">
      {rows.map(
        ([icon, words]) =>
          words && (
            <li key={icon}>
              <Icon name={icon} />
              {words}
            </li>
          ),
      )}
      <li>
        <a href={`/interact?uri=${encodeURIComponent(status.uri)}`} rel="nofollow">
          <Icon name="reply" />
          {t('public.act', 'Reply, boost or favourite')}
        </a>
      </li>
      <li>
        <a class="u-url" href={status.url ?? status.uri}>
          <Icon name="link" />
          {t('public.link', 'Link')}
        </a>
      </li>
    </ul>
  )
}

/** A post as the subject of its page. */
export function RootPost({ status }: { status: Status }) {
  return (
    <article class="post-root h-entry">
      <div class="post-head p-author h-card">
        <Avatar src={status.account.avatar} size={48} />
        <a class="u-url" href={status.account.url}>
          <span class="person-name p-name">
            <Name account={status.account} />
          </span>
          <span class="person-handle">@{status.account.acct}</span>
        </a>
      </div>
      <Body status={status} />
      <p class="meta when">
        <Time at={status.created_at} /> · {audience[status.visibility]()}
        {status.edited_at && ` · ${t('public.edited', 'edited')}`}
      </p>
      <Counts status={status} />
    </article>
  )
}

/** A post in the thread around the root. `depth` indents, at most three levels. */
export function ThreadPost({ status, depth }: { status: Status; depth: number }) {
  const counts = [repliesOf(status), favouritesOf(status)]
  return (
    <article class="reply h-entry" data-depth={depth > 0 ? Math.min(depth, 3) : undefined}>
      <Avatar src={status.account.avatar} size={40} />
      <div>
        <div class="reply-head p-author h-card">
          <a class="u-url" href={status.account.url}>
            <Name class="person-name p-name" account={status.account} />
          </a>
          <span class="person-handle">@{status.account.acct}</span>
          <a class="meta" href={status.url ?? status.uri}>
            <Time at={status.created_at} short />
          </a>
        </div>
        <Body status={status} />
        <p class="meta">{counts.filter(Boolean).join(' · ')}</p>
      </div>
    </article>
  )
}
