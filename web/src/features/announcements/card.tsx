import type { Announcement, Reaction } from '@hamlet/contract/announcement'
import { lazy, Suspense } from 'preact/compat'
import { useEffect, useRef, useState } from 'preact/hooks'
import { server } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Emoji } from '../../ui/emoji.tsx'
import { Html } from '../../ui/html.tsx'
import { Icon } from '../../ui/parts.tsx'
import { Ago } from '../../ui/time.tsx'
import { dismiss, react } from './told.ts'
import { spanOf } from './span.ts'

const Picker = lazy(() => import('../emojis/picker.tsx').then((module) => module.EmojiPicker))

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
  const [isOpen, setOpen] = useState(false)
  const root = useRef<HTMLSpanElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  useEffect(() => {
    if (!isOpen) return undefined
    const away = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false)
    }
    addEventListener('pointerdown', away)
    return () => removeEventListener('pointerdown', away)
  }, [isOpen])
  const label = t('announcements.react', 'Add a reaction')
  return (
    <span class="emoji-root reaction-root" ref={root}>
      <button
        ref={button}
        class="icon-button"
        type="button"
        aria-label={label}
        title={label}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="emoji" small />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Picker
            close={close}
            common={COMMON}
            pick={(name) => {
              close()
              pick(name)
            }}
          />
        </Suspense>
      )}
    </span>
  )
}
