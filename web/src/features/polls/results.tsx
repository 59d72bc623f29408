import type { Poll } from '@hamlet/contract/poll'
import type { ComponentChildren } from 'preact'
import { amount, t } from '../../i18n/words.ts'
import { EmojiText } from '../../ui/emoji.tsx'
import { Icon } from '../../ui/parts.tsx'
import { isHidden, isOver, percentOf, wholeOf } from './counts.ts'

/** What was chosen, as bars and in numbers; while the counts are hidden, the options and the reader's own choice alone. */
export function Results({ poll }: { poll: Poll }) {
  const counts = poll.options.map((option) => option.votes_count ?? 0)
  const most = Math.max(1, ...counts)
  const own = new Set(poll.own_votes)
  return (
    <ul class="poll-results" aria-label={t('polls.results', 'Results')}>
      {poll.options.map(({ title }, index) => (
        <Result
          key={title}
          title={<EmojiText text={title} emojis={poll.emojis} />}
          count={isHidden(poll) ? undefined : (counts[index] ?? 0)}
          whole={wholeOf(poll)}
          isOwn={own.has(index)}
          isWinner={isOver(poll) && counts[index] === most}
        />
      ))}
    </ul>
  )
}

type ResultProps = {
  title: ComponentChildren
  count: number | undefined
  whole: number
  isOwn: boolean
  isWinner: boolean
}

/** The bar says nothing that the numbers beside it do not, so it is for the eye alone. */
function Result({ title, count, whole, isOwn, isWinner }: ResultProps) {
  return (
    <li class={['poll-result', isOwn && 'poll-own', isWinner && 'poll-winner'].filter(Boolean).join(' ')}>
      {count !== undefined && <meter aria-hidden="true" min={0} max={Math.max(1, whole)} value={count} />}
      <span class="poll-title">
        <span dir="auto">{title}</span>
        {isOwn && (
          <span class="poll-mark">
            <Icon name="check" small />
            <span class="visually-hidden">, {t('polls.own', 'your choice')}</span>
          </span>
        )}
      </span>
      {count !== undefined && (
        <span class="poll-count">
          <strong>{percentOf(count, whole)}</strong>
          <span class="meta">
            <span aria-hidden="true">{amount(count)}</span>
            <span class="visually-hidden">
              , {t('polls.votes', '{n, plural, one {# vote} other {# votes}}', { n: count })}
            </span>
          </span>
        </span>
      )}
    </li>
  )
}
