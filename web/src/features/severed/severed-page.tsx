import type { RelationshipSeveranceEvent } from '@hamlet/contract/severance'
import { useMemo } from 'preact/hooks'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { FeedList } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'

const PATH = '/api/hamlet/v1/severed_relationships'

/** When ties were cut that somebody had, whom they lost, and what came back. */
export function SeveredPage() {
  const feed = useMemo(() => makeFeed<RelationshipSeveranceEvent>(PATH), [])
  return (
    <>
      <ColumnHead title={t('severed.title', 'Lost connections')} back />
      <div class="sheet column-sheet">
        <FeedList
          feed={feed}
          empty={{
            icon: 'severed',
            title: t('severed.none', 'You have lost nobody'),
            text: t('severed.noneText', 'When ties to a server are cut, whom you lost stands here.'),
          }}
          draw={(event) => <Event key={event.id} event={event} />}
        />
      </div>
    </>
  )
}

function sayWhy({ type, target_name: name }: RelationshipSeveranceEvent): string {
  if (type === 'user_domain_block') return t('severed.byYou', 'You blocked the server {name}.', { name })
  if (type === 'account_suspension')
    return name === ''
      ? t('severed.accountGone', 'The moderators suspended an account that is erased by now.')
      : t('severed.account', 'The moderators suspended {name}.', { name })
  return t('severed.byTeam', 'The team of this server cut the ties to {name}.', { name })
}

function Event({ event }: { event: RelationshipSeveranceEvent }) {
  const { id, following_count: following, followers_count: followers, purged, hamlet } = event
  return (
    <article class="person-row">
      <span class="queue-who">
        <strong dir="auto">{event.target_name || t('severed.nameless', 'An account')}</strong>
        <span>{sayWhy(event)}</span>
        <span class="meta">
          {t('severed.counts', '{following, number} you followed, {followers, number} followers', {
            following,
            followers,
          })}
          {' · '}
          <Ago at={event.created_at} />
          {hamlet.restored > 0 && ` · ${t('severed.restored', '{n, number} given back', { n: hamlet.restored })}`}
        </span>
        {purged ? (
          <span class="meta">{t('severed.purged', 'The lists are gone with all that was known of that server.')}</span>
        ) : (
          <span class="meta">
            {following > 0 && (
              <a href={`${PATH}/${id}/following.csv`} download>
                {t('severed.followingFile', 'List of those you followed')}
              </a>
            )}
            {following > 0 && followers > 0 && ' · '}
            {followers > 0 && (
              <a href={`${PATH}/${id}/followers.csv`} download>
                {t('severed.followersFile', 'List of followers')}
              </a>
            )}
          </span>
        )}
      </span>
    </article>
  )
}
