import type { LogEntry } from '@hamlet/contract/team'
import { useMemo, useState } from 'preact/hooks'
import { makeFeed } from '../../api/timeline.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Icon } from '../../ui/parts.tsx'
import { FeedList } from '../../ui/states.tsx'
import { Moment } from '../../ui/time.tsx'
import { FindForm } from '../gates/line-form.tsx'
import { Pick } from '../measures/pick.tsx'
import { actName, kinds } from './words.ts'

type Filter = { label: string; action: string; about: string }

/** What the team did: who, what, about whom; to narrow, and to take away as a table. */
export function LogPage() {
  const about = new URLSearchParams(location.search).get('about') ?? ''
  const [filter, setFilter] = useState<Filter>({ label: '', action: '', about })
  const query = queryOf(filter)
  return (
    <>
      <ColumnHead title={t('log.title', 'Log')}>
        <a class="button button-outline button-small head-end" href={`/api/web/admin/log.csv${query}`} download>
          <Icon name="download" small />
          {t('log.take', 'Take it away')}
        </a>
      </ColumnHead>
      <div class="sheet column-sheet">
        <Narrow filter={filter} choose={setFilter} />
        <Rows key={query} query={query} />
      </div>
    </>
  )
}

function queryOf({ label, action, about }: Filter): string {
  const query = new URLSearchParams()
  if (label.trim() !== '') query.set('label', label.trim().replace(/^@/, ''))
  if (action !== '') query.set('action', action)
  if (about !== '') query.set('target_id', about)
  const text = query.toString()
  return text === '' ? '' : `?${text}`
}

function Narrow({ filter, choose }: { filter: Filter; choose: (filter: Filter) => void }) {
  return (
    <FindForm
      label={t('log.about', 'About whom or what')}
      button={t('log.search', 'Search')}
      find={(label) => choose({ ...filter, label, about: '' })}
    >
      <Pick
        label={t('log.kind', 'What was done')}
        options={kinds()}
        value={filter.action}
        choose={(action) => choose({ ...filter, action })}
      />
    </FindForm>
  )
}

function Rows({ query }: { query: string }) {
  const feed = useMemo(() => makeFeed<LogEntry>(`/api/web/admin/log${query}`), [query])
  return (
    <FeedList
      feed={feed}
      empty={{
        title: t('log.empty', 'Nothing was done'),
        text: t('log.emptyText', 'What the team does is written down here.'),
        icon: 'list',
      }}
      draw={(entry) => (
        <div class="log-row" key={entry.id}>
          <span>
            <strong>{entry.actor ? <bdi dir="ltr">@{entry.actor.acct}</bdi> : t('log.server', 'The server')}</strong>{' '}
            {actName(entry.action)} {entry.target_label && <Target entry={entry} />}
          </span>
          <span class="meta">
            <Moment at={entry.created_at} />
          </span>
        </div>
      )}
    />
  )
}

function Target({ entry }: { entry: LogEntry }) {
  const name = <bdi dir="auto">{entry.target_label}</bdi>
  if (entry.target_type === 'account' && entry.target_id)
    return <a href={`/moderation/accounts/${entry.target_id}`}>{name}</a>
  if (entry.target_type === 'report' && entry.target_id)
    return <a href={`/moderation/reports/${entry.target_id}`}>{name}</a>
  return name
}
