import type { PostReview } from '@hamlet/contract/content-rule'
import { ColumnHead } from '../../app/column.tsx'
import { me } from '../../app/session.ts'
import { t } from '../../i18n/words.ts'
import '../../styles/rules.css'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'

/** What became of one's own posts that a moderator looks at; nobody is notified of it. */
export function WaitingPage() {
  const { value, fault, load } = useLoaded<PostReview[]>('/api/hamlet/v1/statuses/reviews')
  return (
    <>
      <ColumnHead title={t('rules.ownTitle', 'Your posts in review')} back />
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton />}
        {value?.length === 0 && (
          <Empty icon="check" title={t('rules.ownNone', 'None of your posts waits')}>
            {t('rules.ownNoneText', 'When a moderator has to look at one of them first, it stands here.')}
          </Empty>
        )}
        {value?.map((one) => (
          <Review key={one.id} one={one} />
        ))}
      </div>
    </>
  )
}

const says = (): Record<PostReview['decision'], string> => ({
  waiting: t('rules.ownWaiting', 'It waits for a moderator. Nobody else sees it yet.'),
  approved: t('rules.ownApproved', 'It is published.'),
  rejected: t('rules.ownRejected', 'It was not let through. Nobody else has seen it.'),
})

function Review({ one }: { one: PostReview }) {
  return (
    <article class="rule-row">
      <div class="rule-what">
        {one.excerpt && (
          <p class="rule-words" dir="auto">
            {one.excerpt}
          </p>
        )}
        <p>{says()[one.decision]}</p>
        <p class="meta">
          <Ago at={one.decided_at ?? one.created_at} />
        </p>
      </div>
      {one.decision === 'approved' && (
        <a class="button button-outline button-small" href={`/@${me.value.acct}/${one.status_id}`}>
          {t('rules.ownLook', 'See the post')}
        </a>
      )}
    </article>
  )
}
