import type { MediaAttachment } from '@hamlet/contract/media'
import type { Status } from '@hamlet/contract/status'
import { reading, showsCounts } from '../../../app/reading.ts'
import { me } from '../../../app/session.ts'
import { t } from '../../../i18n/words.ts'
import { textOf } from '../../../lib/html-tree.ts'
import { nameOf } from '../../../ui/people.tsx'
import { distance } from '../../../ui/time.tsx'
import { audienceName } from '../audience.ts'
import { wordsOf } from '../quote/words.ts'
import { isOpen } from '../warnings.ts'

const SPOKEN = { short: 40, normal: 120, full: Infinity } as const

/** How a card is read out: who, when, the warning or the beginning, and what else it carries; as much as the reader wants (web-spec 4.3). */
export function spokenName(status: Status): string {
  const level = reading.value.spoken
  const name = nameOf(status.account)
  const ago = () => distance(Date.parse(status.created_at), Date.now())
  const parts =
    level === 'short'
      ? [name, beginningOf(status, SPOKEN.short)]
      : level === 'normal'
        ? [name, ago(), beginningOf(status, SPOKEN.normal), ...carried(status)]
        : [name, `@${status.account.acct}`, ago(), audienceName(status.visibility), ...allOf(status)]
  return parts.filter((part) => part !== '').join(', ')
}

function cut(status: Status, length: number): string {
  const words = textOf(wordsOf(status)).replaceAll(/\s+/g, ' ').trim()
  return words.length > length ? `${words.slice(0, length)}…` : words
}

const warningOf = ({ spoiler_text: words }: Status) =>
  words ? t('statuses.spokenWarning', 'warning: {words}', { words }) : ''

const beginningOf = (status: Status, length: number) => warningOf(status) || cut(status, length)

function carried({ media_attachments: media, poll, quote }: Status): string[] {
  const described = media.filter((one) => one.description).length
  return [
    media.length > 0
      ? t('statuses.spokenMedia', '{n, plural, one {# picture} other {# pictures}}, {described} described', {
          n: media.length,
          described,
        })
      : '',
    poll ? t('statuses.spokenPoll', 'a poll') : '',
    quote ? t('statuses.spokenQuote', 'with a quote') : '',
  ]
}

/** Every word that is not hidden, every description, and the counts. */
function allOf(status: Status): string[] {
  const { poll, quote, card, edited_at, media_attachments: media } = status
  const quoted = quote && 'quoted_status' in quote ? quote.quoted_status : null
  const isWhole = isOpen(status)
  return [
    edited_at ? t('statuses.edited', 'edited') : '',
    warningOf(status),
    ...(isWhole ? [cut(status, SPOKEN.full), ...media.map(describe)] : carried(status)),
    ...(isWhole && poll ? [t('statuses.spokenPoll', 'a poll'), ...poll.options.map(({ title }) => title)] : []),
    isWhole && quoted
      ? t('statuses.spokenQuoted', 'quoting {name}: {words}', {
          name: nameOf(quoted.account),
          words: beginningOf(quoted, SPOKEN.full),
        })
      : '',
    isWhole && card ? t('statuses.spokenLink', 'a link: {title}', { title: card.title }) : '',
    ...countsOf(status),
  ]
}

function describe({ description }: MediaAttachment): string {
  return description
    ? t('statuses.spokenPicture', 'picture: {words}', { words: description })
    : t('statuses.spokenBare', 'a picture without a description')
}

function countsOf(status: Status): string[] {
  if (!showsCounts(status.account.id === me.value.id)) return []
  const { replies_count, reblogs_count, favourites_count } = status
  return [
    replies_count > 0
      ? t('statuses.spokenReplies', '{n, plural, one {# reply} other {# replies}}', { n: replies_count })
      : '',
    reblogs_count > 0
      ? t('statuses.spokenBoosts', '{n, plural, one {# boost} other {# boosts}}', { n: reblogs_count })
      : '',
    favourites_count > 0
      ? t('statuses.spokenFavourites', '{n, plural, one {# favourite} other {# favourites}}', { n: favourites_count })
      : '',
  ]
}
