import type { Announcement, Reaction } from '@hamlet/contract/announcement'
import { server } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Emoji } from '../../ui/emoji.tsx'
import { Html } from '../../ui/html.tsx'
import { Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { EmojiDoor } from '../emojis/emoji-door.tsx'
import { dismiss, react } from './told.ts'
import { spanOf } from './span.ts'

/** What people answer with most; every other emoji is on their keyboard. */
const COMMON = ['👍', '❤️', '🎉', '😄', '😮', '😢', '🙏', '👀']
const MOST_DIFFERENT = 8

type CardProps = { announcement: Announcement; isNarrow?: boolean }

/** One announcement: who says it, when it is, what people answer. `isNarrow` for the side. */
export function AnnouncementCard({ announcement, isNarrow = false }: CardProps) {
  const { id, content, emojis, mentions, read, published_at: at } = announcement
  const span = spanOf(announcement)
  return (
    <article class={isNarrow ? 'news-card sheet' : 'news-card'} aria-label={t('announcements.one', 'Announcement')}>
      <header class="news-head">
        <Icon name="announce" small />
        <h2 dir="auto">{t('announcements.from', 'From the team of {server}', { server: server.value.title })}</h2>
        {!isNarrow && (
          <span class="meta">
            {read !== true && <strong class="news-new">{t('announcements.new', 'Unread')} · </strong>}
            <Ago at={at} />
          </span>
        )}
        {read !== true && isNarrow && (
          <button
            class="icon-button"
            type="button"
            aria-label={t('announcements.dismiss', 'Put away')}
            title={t('announcements.dismiss', 'Put away')}
            onClick={() => void dismiss(id)}
          >
            <Icon name="close" small />
          </button>
        )}
      </header>
      {span !== '' && <p class="news-span">{span}</p>}
      <div class="prose news-text" dir="auto">
        <Html html={content} emojis={emojis} links={{ mentions }} />
      </div>
      <footer class="news-foot">
        <Reactions announcement={announcement} />
        {read !== true && !isNarrow && (
          <button class="button button-outline button-small" type="button" onClick={() => void dismiss(id)}>
            {t('announcements.dismiss', 'Put away')}
          </button>
        )}
      </footer>
    </article>
  )
}

function Reactions({ announcement: { id, reactions } }: { announcement: Announcement }) {
  return (
    <section class="reactions" aria-label={t('announcements.reactions', 'Reactions')}>
      {reactions.map((reaction) => (
        <button
          key={reaction.name}
          class="reaction"
          type="button"
          aria-pressed={reaction.me === true}
          aria-label={t('announcements.reaction', '{emoji}, {n, plural, one {# person} other {# people}}', {
            emoji: reaction.name,
            n: reaction.count,
          })}
          onClick={() => void react(id, reaction.name)}
        >
          <Drawn reaction={reaction} />
          <span>{amount(reaction.count)}</span>
        </button>
      ))}
      {reactions.length < MOST_DIFFERENT && (
        <AddReaction pick={(name) => reactions.some((one) => one.name === name && one.me) || void react(id, name)} />
      )}
    </section>
  )
}

function Drawn({ reaction: { name, url, static_url } }: { reaction: Reaction }) {
  if (!url || !static_url) return <span class="reaction-sign">{name}</span>
  return <Emoji emoji={{ shortcode: name, url, static_url }} />
}

function AddReaction({ pick }: { pick: (name: string) => void }) {
  return (
    <EmojiDoor
      label={t('announcements.react', 'Add a reaction')}
      class="reaction-root"
      isSmall
      common={COMMON}
      pick={pick}
    />
  )
}
