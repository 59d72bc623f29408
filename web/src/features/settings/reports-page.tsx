import type { FiledReport } from '@hamlet/contract/moderation'
import { useEffect, useState } from 'preact/hooks'
import { explain, requestPage } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Avatar, Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { categoryName } from '../moderation/words.ts'

const FIRST = '/api/hamlet/v1/reports'

const outcomes: Record<string, () => string> = {
  waiting: () => t('settings.reportWaits', 'The moderators have not decided yet.'),
  acted: () => t('settings.reportActed', 'They found that you were right, and acted.'),
  taken_back: () => t('settings.reportTakenBack', 'They acted, and took the decision back later.'),
  none: () => t('settings.reportNone', 'They found nothing that goes against the rules here.'),
}

/** What one reported, and what came of it. */
export function ReportsPage() {
  const [reports, setReports] = useState<FiledReport[]>()
  const [next, setNext] = useState<string | null>(null)
  const [fault, setFault] = useState('')
  const load = async (path: string, known: readonly FiledReport[]) => {
    setFault('')
    try {
      const page = await requestPage<FiledReport>(path)
      setReports([...known, ...page.items])
      setNext(page.next)
    } catch (error) {
      setFault(explain(error))
    }
  }
  useEffect(() => void load(FIRST, []), [])
  return (
    <>
      <ColumnHead title={t('settings.reports', 'Your reports')} back />
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load(next ?? FIRST, reports ?? [])} />}
        {!reports && !fault && <Skeleton rows={2} />}
        {reports?.length === 0 && (
          <Empty icon="report" title={t('settings.noReports', 'You have reported nobody')}>
            {t(
              'settings.noReportsText',
              'What you tell the moderators, and what came of it, stands here. Only you see it.',
            )}
          </Empty>
        )}
        {reports?.map((report) => (
          <Row key={report.id} report={report} />
        ))}
        {next && (
          <p class="queue-more">
            <button class="button button-outline" type="button" onClick={() => void load(next, reports ?? [])}>
              {t('settings.moreReports', 'Show more')}
            </button>
          </p>
        )}
      </div>
    </>
  )
}

function Row({ report }: { report: FiledReport }) {
  const { target_account: target } = report
  return (
    <article class="person-row">
      <Avatar src={target.avatar} size={36} />
      <div class="queue-who">
        <strong dir="ltr">@{target.acct}</strong>
        <p class="meta">
          {categoryName(report.category)} · <Ago at={report.created_at} />
          {report.posts > 0 &&
            ` · ${t('settings.reportPosts', '{n, plural, one {# post} other {# posts}}', { n: report.posts })}`}
          {report.forwarded && ` · ${t('settings.reportForwarded', 'also sent to other servers')}`}
        </p>
        {report.comment && <p dir="auto">{report.comment}</p>}
        <p>{outcomes[report.outcome]?.() ?? report.outcome}</p>
      </div>
    </article>
  )
}
