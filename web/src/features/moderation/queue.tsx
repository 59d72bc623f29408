import type { AppealItem, Queue, QueueItem } from '@hamlet/contract/moderation'
import { explain, request } from '../../api/request.ts'
import { ColumnHead, Tabs } from '../../app/column.tsx'
import { navigate } from '../../app/router.ts'
import { may } from '../../app/session.ts'
import { amount, t } from '../../i18n/words.ts'
import { Avatar, Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { SignUps } from './sign-ups.tsx'
import { useLoaded, type Loaded } from './use-loaded.ts'
import { categoryName } from './words.ts'

type QueueTab = 'reports' | 'sign-ups'
export const tabPaths: Record<QueueTab, string> = { reports: '/moderation', 'sign-ups': '/moderation/sign-ups' }

/** Reports and appeals, and who waits to be let in (picture 13a); whoever may do one half alone sees that half. */
export function QueuePage({ asked }: { asked: QueueTab }) {
  if (!may('manage_reports'))
    return (
      <>
        <ColumnHead title={t('moderation.queue', 'Queue')} />
        <SignUps decided={() => {}} />
      </>
    )
  return <WholeQueue tab={may('manage_users') ? asked : 'reports'} />
}

function WholeQueue({ tab }: { tab: QueueTab }) {
  const queue = useLoaded<Queue>('/api/web/moderation/queue')
  return (
    <>
      <QueueHead tab={tab} queue={queue.value} />
      {tab === 'sign-ups' ? <SignUps decided={() => void queue.load()} /> : <Reports queue={queue} />}
    </>
  )
}

function QueueHead({ tab, queue }: { tab: QueueTab; queue: Queue | undefined }) {
  const counts = { reports: queue ? queue.reports.length + queue.appeals.length : 0, 'sign-ups': queue?.sign_ups ?? 0 }
  const nameOf = (name: string, count: number) => (
    <>
      {name}
      <span class="tab-count">{count > 0 && ` ${amount(count)}`}</span>
    </>
  )
  const tabs = (
    <Tabs
      label={t('moderation.whatWaits', 'What waits')}
      tabs={[
        ['reports', nameOf(t('moderation.reports', 'Reports'), counts.reports)],
        ['sign-ups', nameOf(t('moderation.signUps', 'Sign-ups'), counts['sign-ups'])],
      ]}
      current={tab}
      choose={(next) => navigate(tabPaths[next], { replace: true })}
    />
  )
  return (
    <ColumnHead title={t('moderation.queue', 'Queue')} tabs={may('manage_users') && tabs}>
      <span class={queue ? 'meta' : 'meta to-come'}>
        {t('moderation.openCount', '{n, plural, one {# open} other {# open}}', { n: counts[tab] })}
      </span>
    </ColumnHead>
  )
}

function Reports({ queue: { value, fault, load } }: { queue: Loaded<Queue> }) {
  return (
    <div class="sheet column-sheet">
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton />}
      {value && value.reports.length + value.appeals.length === 0 && (
        <Empty icon="fine" title={t('moderation.nothingWaits', 'Nothing waits')}>
          {t('moderation.nothingWaitsText', 'When somebody reports or appeals, you read it here.')}
        </Empty>
      )}
      {value?.reports.map((item) => (
        <QueueRow key={item.target.id} item={item} />
      ))}
      {value && value.appeals.length > 0 && <h2 class="list-title">{t('moderation.appeals', 'Appeals')}</h2>}
      {value?.appeals.map((appeal) => (
        <AppealRow key={appeal.id} appeal={appeal} done={() => void load()} />
      ))}
    </div>
  )
}

const severities = [
  () => t('moderation.low', 'Low'),
  () => t('moderation.medium', 'Medium'),
  () => t('moderation.high', 'High'),
] as const

function QueueRow({ item }: { item: QueueItem }) {
  const level = Math.min(item.reporters.length + (item.category === 'legal' ? 1 : 0), 3)
  const severity = severities[level - 1] ?? severities[0]
  return (
    <a class="queue-row" href={`/moderation/reports/${item.report_ids[0] ?? ''}`}>
      <Avatar src={item.target.avatar} size={36} />
      <span class="queue-who">
        <strong dir="ltr">@{item.target.acct}</strong>
        <span class="queue-excerpt" dir="auto">
          {item.excerpt || t('moderation.noWords', 'No words')}
        </span>
      </span>
      <span class="queue-reason">{categoryName(item.category)}</span>
      <span class="faces">
        {item.reporters.slice(0, 3).map((reporter) => (
          <Avatar key={reporter.id} src={reporter.avatar} size={24} />
        ))}
        <span class="visually-hidden">
          {t('moderation.reporters', '{n, plural, one {# reporter} other {# reporters}}', {
            n: item.reporters.length,
          })}
        </span>
      </span>
      <span class={`severity severity-${level}`}>
        <i />
        <i />
        <i />
        {severity()}
      </span>
      <span class="meta">
        <Ago at={item.since} />
      </span>
    </a>
  )
}

function AppealRow({ appeal, done }: { appeal: AppealItem; done: () => void }) {
  const decide = async (approve: boolean) => {
    try {
      await request('POST', `/api/web/moderation/appeals/${appeal.id}/decision`, { body: { approve } })
      toast(
        approve
          ? t('moderation.overruled', 'The decision is taken back.')
          : t('moderation.upheld', 'The decision stands.'),
      )
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="person-row">
      <Avatar src={appeal.target.avatar} size={36} />
      <span class="queue-who">
        <strong dir="ltr">@{appeal.target.acct}</strong>
        <span dir="auto">“{appeal.text}”</span>
      </span>
      <span class="person-acts">
        <button class="button button-outline button-small" type="button" onClick={() => void decide(false)}>
          {t('moderation.stands', 'It stands')}
        </button>
        <button class="button button-primary button-small" type="button" onClick={() => void decide(true)}>
          {t('moderation.takeBack', 'Take it back')}
        </button>
      </span>
    </div>
  )
}
