import type { AdminOverview } from '@hamlet/contract/admin'
import { useState } from 'preact/hooks'
import { ColumnHead } from '../../app/column.tsx'
import { server } from '../../app/session.ts'
import { amount, rich, t } from '../../i18n/words.ts'
import { Plot } from '../../ui/chart.tsx'
import { Icon } from '../../ui/parts.tsx'
import { Fault } from '../../ui/states.tsx'
import '../../styles/overview.css'
import { useLoaded } from '../moderation/use-loaded.ts'
import { SlowServers } from './slow-servers.tsx'
import { sayBytes, sayConcern, sayMonth, sayPercent, saySpan } from './words.ts'

type Range = 'day' | 'week' | 'month'
const ranges = (): [Range, string][] => [
  ['day', t('admin.lastDay', 'Last 24 hours')],
  ['week', t('admin.lastWeek', 'Last 7 days')],
  ['month', t('admin.lastMonth', 'Last 30 days')],
]

/** How this server is: in words first, then in figures with what led to them (picture 14). */
export function OverviewPage() {
  const [range, setRange] = useState<Range>('day')
  const { value, fault, load } = useLoaded<AdminOverview>(`/api/web/admin/overview?range=${range}`)
  return (
    <>
      <ColumnHead title={t('admin.overview', 'Overview')}>
        <label class="overview-range gate-select">
          <span class="visually-hidden">{t('admin.range', 'How far back')}</span>
          <select value={range} onChange={(event) => setRange(event.currentTarget.value as Range)}>
            {ranges().map(([key, words]) => (
              <option key={key} value={key}>
                {words}
              </option>
            ))}
          </select>
          <Icon name="down" small />
        </label>
      </ColumnHead>
      <div class="overview">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <output class="overview-bones" aria-label={t('ui.loading', 'Loading')} />}
        {value && <Health overview={value} />}
        {value && <Figures overview={value} />}
        {value && (
          <div class="overview-lower">
            <SlowServers servers={value.servers.slow} known={value.servers.known} />
            <House overview={value} />
          </div>
        )}
      </div>
    </>
  )
}

function Health({ overview }: { overview: AdminOverview }) {
  const n = overview.concerns.length
  return (
    <section class="health" aria-labelledby="health">
      <h2 id="health" class={n === 0 ? 'health-line health-well' : 'health-line health-care'}>
        <Icon name={n === 0 ? 'fine' : 'warning'} />
        {n === 0
          ? t('admin.allWell', 'All well')
          : t('admin.toLookAt', '{n, plural, one {# thing to look at} other {# things to look at}}', { n })}
      </h2>
      <p class="health-words">{sayHealth(overview)}</p>
      {n > 0 && (
        <ul class="health-concerns">
          {overview.concerns.map((one) => (
            <li key={one.name}>{sayConcern(one)}</li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** One sentence of what is known; what nobody can say yet is not in it. */
function sayHealth({ deliveries, queue, storage }: AdminOverview) {
  const age = <strong>{saySpan(queue.oldest_seconds)}</strong>
  const percent = deliveries.percent !== null && <strong>{sayPercent(deliveries.percent / 100)}</strong>
  const full = storage.full_at !== null && <strong>{saySpan((Date.parse(storage.full_at) - Date.now()) / 1000)}</strong>
  if (percent && full)
    return rich(
      'admin.health',
      'Deliveries {percent}, the oldest job is {age} old, and the disk will be full in about {full}.',
      { percent, age, full },
    )
  if (percent)
    return rich('admin.healthNoDisk', 'Deliveries {percent}, and the oldest job is {age} old.', { percent, age })
  if (full)
    return rich('admin.healthNoSent', 'The oldest job is {age} old, and the disk will be full in about {full}.', {
      age,
      full,
    })
  return rich('admin.healthQuiet', 'The oldest job is {age} old.', { age })
}

function Figures({ overview }: { overview: AdminOverview }) {
  const { deliveries, people, answers, queue, reports } = overview
  const say = (value: number) => amount(value)
  return (
    <div class="plots">
      <Plot name={t('admin.delivered', 'Delivered')} kind="line" points={deliveries.points} say={say}>
        <strong>{amount(deliveries.total)}</strong> {t('admin.deliveredWhat', 'posts and actions')}
      </Plot>
      <Plot name={t('admin.people', 'People here today')} kind="bars" points={people.days} say={say} isDays>
        <strong>{amount(people.today)}</strong> {t('admin.ofPeople', 'of {n, number}', { n: people.of })}
      </Plot>
      <Plot
        name={t('admin.answers', 'Answer time')}
        kind="line"
        points={answers.points}
        say={(value) => amount(value, { style: 'unit', unit: 'millisecond' })}
      >
        <strong>
          {answers.p95_ms === null ? '–' : amount(answers.p95_ms, { style: 'unit', unit: 'millisecond' })}
        </strong>{' '}
        {t('admin.answersWhat', 'or less, 95 of 100')}
      </Plot>
      <Plot name={t('admin.queue', 'Queue')} kind="line" points={queue.points} say={say}>
        <strong>{t('admin.waiting', '{n, plural, other {# waiting}}', { n: queue.waiting })}</strong>{' '}
        {queue.peak && t('admin.peak', 'at most {n, number}', { n: queue.peak.value })}
      </Plot>
      <Plot name={t('admin.reports', 'Reports')} kind="bars" points={reports.days} say={say} isDays>
        <strong>{t('admin.openReports', '{n, plural, other {# open}}', { n: reports.open })}</strong>{' '}
        {reports.median_seconds !== null &&
          t('admin.median', 'decided after {span}, half of them', { span: saySpan(reports.median_seconds) })}
      </Plot>
      <Storage storage={overview.storage} />
    </div>
  )
}

function Storage({ storage }: { storage: AdminOverview['storage'] }) {
  const { disk_bytes: disk, free_bytes: free, full_at } = storage
  const parts = [
    [t('admin.media', 'Media'), storage.own_media_bytes],
    [t('admin.remote', 'From elsewhere'), storage.remote_media_bytes],
    [t('admin.database', 'Database'), storage.database_bytes],
  ] as const
  const used = disk === null || free === null ? null : disk - free
  const whole = disk ?? Math.max(1, ...parts.map(([, bytes]) => bytes)) * parts.length
  return (
    <section class="plot" aria-label={t('admin.storage', 'Storage')}>
      <div class="plot-head">
        <h2 class="plot-name">{t('admin.storage', 'Storage')}</h2>
      </div>
      <p class="plot-figure">
        <strong>{used === null || disk === null ? '–' : sayPercent(Math.round((100 * used) / disk) / 100)}</strong>{' '}
        {used !== null &&
          disk !== null &&
          t('admin.ofDisk', '{used} of {disk}', { used: sayBytes(used), disk: sayBytes(disk) })}
      </p>
      <div class="shares" aria-hidden="true">
        {parts.map(([name, bytes]) => (
          <span key={name} class="share" style={{ inlineSize: `${(100 * bytes) / whole}%` }} />
        ))}
      </div>
      <ul class="share-names">
        {parts.map(([name, bytes]) => (
          <li key={name}>
            {name} {sayBytes(bytes)}
          </li>
        ))}
      </ul>
      <p class="plot-ends">
        <span>{full_at && t('admin.fullAbout', 'full about {month}', { month: sayMonth(full_at) })}</span>
      </p>
    </section>
  )
}

/** `4.7.0 (compatible; Hamlet 0.1.0)` is for apps: people read our own. */
const ownVersion = (told: string): string => /Hamlet ([^)]+)/.exec(told)?.[1] ?? told

function House({ overview }: { overview: AdminOverview }) {
  return (
    <section class="plot house" aria-label={t('admin.house', 'What it runs on')}>
      <div class="house-row">
        <Icon name="version" />
        <div>
          <h2>{t('admin.version', 'Hamlet {version}', { version: ownVersion(server.value.version) })}</h2>
          <p>{t('admin.onDatabase', 'On PostgreSQL {version}.', { version: overview.database_version })}</p>
        </div>
      </div>
      <div class="house-row">
        <Icon name="send" />
        <div>
          <h2>{t('admin.mail', 'Mail')}</h2>
          <p>
            {overview.has_mail
              ? t('admin.mailSet', 'Goes out by the mail server that you named.')
              : t('admin.mailUnset', 'Is written to the data folder: HAMLET_SMTP_URL names no mail server.')}
          </p>
        </div>
      </div>
    </section>
  )
}
