import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { TimelinePage } from '../timelines/timeline-page.tsx'
import { HomeTabs } from './home-tabs.tsx'
import { useList } from './use-list.ts'

/** What the people of a list write, beside home. */
export function ListPage({ id }: { id: string }) {
  const { list, fault, retry } = useList(id)
  const tabs = <HomeTabs current={id} />
  if (!list)
    return (
      <>
        <ColumnHead title={t('lists.list', 'List')} tabs={tabs} />
        <div class="sheet column-sheet">{fault ? <Fault text={fault} retry={retry} /> : <Skeleton />}</div>
      </>
    )
  const label = t('lists.editList', 'Edit the list')
  return (
    <TimelinePage
      title={list.title}
      path={`/api/v1/timelines/list/${id}`}
      stream={{ stream: 'list', list: id }}
      tabs={tabs}
      tools={
        <a class="icon-button head-end" href={`/lists/${id}/edit`} aria-label={label} title={label}>
          <Icon name="options" />
        </a>
      }
      empty={{
        icon: 'list',
        title: t('lists.quiet', 'Nothing in this list yet'),
        text: (
          <>
            {t('lists.quietText', 'Put people in it whom you follow; what they write appears here.')}{' '}
            <a href={`/lists/${id}/edit`}>{t('lists.choosePeople', 'Choose people')}</a>
          </>
        ),
      }}
    />
  )
}
