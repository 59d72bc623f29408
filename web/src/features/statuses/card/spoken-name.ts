import type { Status } from '@hamlet/contract/status'
import { t } from '../../../i18n/words.ts'
import { textOf } from '../../../lib/html-tree.ts'
import { nameOf } from '../../../ui/people.tsx'
import { distance } from '../../../ui/time.tsx'
import { wordsOf } from '../quote/words.ts'

const SPOKEN = 120

/** How a card is read out: who, when, the warning or the beginning, and what else it carries (web-spec 4.3). */
export function spokenName(status: Status): string {
  const words = textOf(wordsOf(status)).replaceAll(/\s+/g, ' ').trim()
  const cut = words.length > SPOKEN ? `${words.slice(0, SPOKEN)}…` : words
  const media = status.media_attachments.length
  const described = status.media_attachments.filter((one) => one.description).length
  const parts = [
    nameOf(status.account),
    distance(Date.parse(status.created_at), Date.now()),
    status.spoiler_text ? t('statuses.spokenWarning', 'warning: {words}', { words: status.spoiler_text }) : cut,
    media > 0
      ? t('statuses.spokenMedia', '{n, plural, one {# picture} other {# pictures}}, {described} described', {
          n: media,
          described,
        })
      : '',
    status.poll ? t('statuses.spokenPoll', 'a poll') : '',
    status.quote ? t('statuses.spokenQuote', 'with a quote') : '',
  ]
  return parts.filter((part) => part !== '').join(', ')
}
