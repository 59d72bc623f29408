import type { Status } from '@hamlet/contract/status'
import { rich, t } from '../../i18n/words.ts'
import { Time } from '../../ui/parts.tsx'
import { isHidden, isOver, turnoutOf } from './counts.ts'
import { Results } from './results.tsx'

/** What a post asks on public pages, without a script: bars, numbers, and the way to vote, which leads through signing in. */
export function PublicPoll({ status }: { status: Status }) {
  const { poll } = status
  if (!poll) return null
  const hasEnded = isOver(poll)
  const path = `/@${status.account.acct}/${status.id}`
  return (
    <section class="poll" aria-label={t('polls.name', 'Poll')}>
      <Results poll={poll} />
      <p class="meta">
        {turnoutOf(poll)}
        {poll.expires_at !== null && (
          <>
            {' · '}
            {hasEnded
              ? rich('public.pollEnded', 'ended {date}', { date: <Time at={poll.expires_at} short /> })
              : rich('public.pollEnds', 'ends {date}', { date: <Time at={poll.expires_at} short /> })}
          </>
        )}
        {isHidden(poll) && <> · {t('polls.hidden', 'counts are hidden until the end')}</>}
      </p>
      {!hasEnded && (
        <a class="button button-outline" href={`/sign-in?next=${encodeURIComponent(path)}`}>
          {t('public.signInToVote', 'Sign in to vote')}
        </a>
      )}
    </section>
  )
}
