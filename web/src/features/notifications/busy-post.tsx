import type { NotificationGroup } from '@hamlet/contract/notification'
import type { Status } from '@hamlet/contract/status'
import { amount, formats, t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { pausePost, resumePost } from './acts.ts'
import { wordsOf } from './excerpt.ts'

type Offer = NonNullable<NotificationGroup['hamlet']>
type BusyProps = { post: Status; offer: Offer; changed: () => void }

const HOUR_S = 3600
const DAY_S = 24 * HOUR_S
const LONGEST_TITLE = 60

/** Much happens on one post at once: its author may rest from it. Said once for a post, however much it is. */
export function BusyPost({ post, offer, changed }: BusyProps) {
  const words = wordsOf(post)
  const title = words.length > LONGEST_TITLE ? `${words.slice(0, LONGEST_TITLE - 1)}…` : words
  const then = (done: Promise<boolean>) => void done.then((isDone) => isDone && changed())
  return (
    <section class="busy" aria-label={t('notify.busy', 'Busy post')}>
      <h2>
        <Icon name="surge" />
        {offer.paused_until ? t('notify.resting', 'You rest from a post') : t('notify.busy', 'Busy post')}
      </h2>
      <p dir="auto">{offer.paused_until ? sayPaused(title, offer.paused_until) : sayBusy(title, offer.events)}</p>
      <p class="notice-acts">
        {offer.paused_until ? (
          <button class="button button-soft button-small" type="button" onClick={() => then(resumePost(post.id))}>
            {t('notify.resume', 'Hear of it again')}
          </button>
        ) : (
          <>
            <button
              class="button button-soft button-small"
              type="button"
              onClick={() => then(pausePost(post.id, HOUR_S))}
            >
              {t('notify.pauseHour', 'Pause for 1 h')}
            </button>
            <button
              class="button button-soft button-small"
              type="button"
              onClick={() => then(pausePost(post.id, DAY_S))}
            >
              {t('notify.pauseDay', 'Pause for a day')}
            </button>
          </>
        )}
      </p>
    </section>
  )
}

function sayBusy(title: string, events: number): string {
  return t(
    'notify.busyText',
    '{events} events in ten minutes on “{title}”. You can rest from it without missing people you follow.',
    { events: amount(events), title },
  )
}

function sayPaused(title: string, until: string): string {
  const when = new Intl.DateTimeFormat(formats(), { weekday: 'short', hour: 'numeric', minute: '2-digit' })
  return t('notify.restingText', '“{title}” is quiet until {when}. People you follow still reach you.', {
    title,
    when: when.format(new Date(until)),
  })
}
