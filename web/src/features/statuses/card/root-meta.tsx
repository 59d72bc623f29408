import type { Status } from '@hamlet/contract/status'
import { showsCounts } from '../../../app/reading.ts'
import { me } from '../../../app/session.ts'
import { amount, rich, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { FullTime } from '../../../ui/time.tsx'
import { audienceIcons, audienceName } from '../audience.ts'
import { QuotesLink } from '../quote/quotes-link.tsx'
import { ReplyRule } from '../replies/reply-rule.tsx'

/** Under the post of a thread: for whom, when, how far it came, and its counts in words. */
export function RootMeta({ status, withCounts }: { status: Status; withCounts: boolean }) {
  const { deliveries } = status.hamlet ?? {}
  const boosts = status.reblogs_count
  const favourites = status.favourites_count
  const isCounted = withCounts && showsCounts(status.account.id === me.value.id)
  return (
    <>
      <p class="meta root-meta">
        <Icon name={audienceIcons[status.visibility]} small />
        {audienceName(status.visibility)} · <FullTime at={status.created_at} />
        {status.edited_at && ` · ${t('statuses.edited', 'edited')}`}
        {deliveries && (
          <span class="ledger">
            {' · '}
            {t(
              'statuses.deliveries',
              'on {delivered} of {total, plural, one {# server} other {# servers}}',
              deliveries,
            )}
          </span>
        )}
      </p>
      <div class="root-counts">
        {isCounted && boosts > 0 && (
          <span>
            {rich('statuses.boosts', '{count} {n, plural, one {boost} other {boosts}}', {
              count: <b>{amount(boosts)}</b>,
              n: boosts,
            })}
          </span>
        )}
        {isCounted && favourites > 0 && (
          <span>
            {rich('statuses.favourites', '{count} {n, plural, one {favourite} other {favourites}}', {
              count: <b>{amount(favourites)}</b>,
              n: favourites,
            })}
          </span>
        )}
        {isCounted && <QuotesLink status={status} />}
        <ReplyRule status={status} />
      </div>
    </>
  )
}
