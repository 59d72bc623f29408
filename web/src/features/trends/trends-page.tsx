import { ColumnHead, Tabs } from '../../app/column.tsx'
import { match, navigate } from '../../app/router.ts'
import { t } from '../../i18n/words.ts'
import { TagReview } from './tag-review.tsx'
import { TrendList } from './trend-list.tsx'
import { ways, type Kind } from './kinds.tsx'

const kinds = Object.keys(ways) as Kind[]

/** What is talked about: what nobody of the team has looked at yet, and what was decided. */
export function TrendsPage({ path }: { path: string }) {
  const one = match('/admin/trends/tags/:id', path)
  if (one?.id) return <TagReview key={one.id} id={one.id} />
  const kind = kinds.find((name) => ways[name].path === path) ?? 'tags'
  const tabs = [
    ['tags', t('trends.tags', 'Hashtags')],
    ['posts', t('trends.posts', 'Posts')],
    ['links', t('trends.links', 'Links')],
    ['publishers', t('trends.publishers', 'Publishers')],
  ] as const
  return (
    <>
      <ColumnHead
        title={t('trends.title', 'Talked about')}
        tabs={
          <Tabs
            label={t('trends.what', 'What is talked about')}
            tabs={tabs}
            current={kind}
            choose={(next) => navigate(ways[next].path, { replace: true })}
          />
        }
      />
      <TrendList key={kind} kind={kind} />
    </>
  )
}
