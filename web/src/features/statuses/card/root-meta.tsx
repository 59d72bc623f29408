import type { Status } from '@hamlet/contract/status'
import { showsCounts } from '../../../app/reading.ts'
import { me } from '../../../app/session.ts'
import { amount, rich, t } from '../../../i18n/words.ts'
import { Icon } from '../../../ui/parts.tsx'
import { FullTime } from '../../../ui/time.tsx'
import { audienceIcons, audienceName } from '../audience.ts'
import { QuotesLink } from '../quote/quotes-link.tsx'
import { ReplyRule } from '../replies/reply-rule.tsx'
import { isCountedAtIcons } from './counts.ts'

/** Under the post of a thread: for whom, when, how far it came, and its counts in words. */
export function RootMeta({ status }: { status: Status }) {
  const { deliveries } = status.hamlet ?? {}
  const boosts = status.reblogs_count
  const favourites = status.favourites_count
  const isCounted = !isCountedAtIcons() && showsCounts(status.account.id === me.value.id)
  return (
    <>
      <p class="meta root-meta">
        <Icon name={audienceIcons[status.visibility]} small />
        {audienceName(status.visibility)} · <FullTime at={status.created_at} />
        {status.edited_at && ` · ${t('statuses.edited', 'edited')}`}
        {deliveries && <span class="ledger"> · {sayDeliveries(deliveries)}</span>}
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

type Deliveries = NonNullable<NonNullable<Status['hamlet']>['deliveries']>

/** How far a post came; of what is not so, nothing is said. */
function sayDeliveries({ delivered, waiting, refused, silent, total }: Deliveries): string {
  const said = [
    t('statuses.deliveries', 'on {delivered} of {total, plural, one {# server} other {# servers}}', {
      delivered,
      total,
    }),
  ]
  if (waiting > 0) said.push(t('statuses.deliveriesWaiting', '{n} waiting', { n: waiting }))
  if (refused > 0)
    said.push(t('statuses.deliveriesRefused', '{n, plural, one {# does} other {# do}} not take it', { n: refused }))
  if (silent > 0)
    said.push(t('statuses.deliveriesSilent', '{n, plural, one {# is} other {# are}} silent', { n: silent }))
  return said.join(' · ')
}
