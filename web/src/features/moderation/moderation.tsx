import type { AppealItem, Queue, QueueItem, ReportCase } from '@hamlet/contract/moderation'
import { signal } from '@preact/signals'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { match, navigate } from '../../app/router.ts'
import { canManageBlocks } from '../../app/session.ts'
import { Html } from '../../ui/html.tsx'
import { Avatar, Empty, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago, FullTime } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'

const categories: Record<string, string> = {
  spam: 'Spam',
  legal: 'Against the law',
  violation: 'Breaks a rule',
  other: 'Something else',
}

/** What the team has to decide (pictures 13a, 13b). */
export function Moderation({ path }: { path: string }) {
  const report = match('/moderation/reports/:id', path)
  return report?.id ? <Case key={report.id} id={report.id} /> : <QueuePage />
}

type Loaded<T> = { value: T | undefined; fault: string; load: () => Promise<void> }

function useLoaded<T>(path: string): Loaded<T> {
  const state = useMemo(() => ({ value: signal<T | undefined>(undefined), fault: signal('') }), [path])
  const load = async () => {
    try {
      state.value.value = await request<T>('GET', path)
    } catch (error) {
      state.fault.value = explain(error)
    }
  }
  useEffect(() => void load(), [path])
  return { value: state.value.value, fault: state.fault.value, load }
}

function QueuePage() {
  const { value, fault, load } = useLoaded<Queue>('/api/web/moderation/queue')
  const open = value ? value.reports.length + value.appeals.length : 0
  return (
    <>
      <ColumnHead title="Queue">
        <span class="meta">{value && `${open} open`}</span>
        {canManageBlocks() && (
          <a class="button button-outline button-small head-end" href="/moderation/sign-ups">
            Names and mail domains
          </a>
        )}
      </ColumnHead>
      <div class="sheet column-sheet">
        {fault && <Fault text={fault} retry={() => void load()} />}
        {!value && !fault && <Skeleton />}
        {value && open === 0 && (
          <Empty title="Nothing waits">When somebody reports or appeals, you read it here.</Empty>
        )}
        {value?.reports.map((item) => (
          <QueueRow key={item.target.id} item={item} />
        ))}
        {value && value.appeals.length > 0 && <h2 class="list-title">Appeals</h2>}
        {value?.appeals.map((appeal) => (
          <AppealRow key={appeal.id} appeal={appeal} done={() => void load()} />
        ))}
      </div>
    </>
  )
}

const severities = ['Low', 'Medium', 'High'] as const

function QueueRow({ item }: { item: QueueItem }) {
  const level = Math.min(item.reporters.length + (item.category === 'legal' ? 1 : 0), 3)
  const severity = severities[level - 1] ?? 'Low'
  return (
    <a class="queue-row" href={`/moderation/reports/${item.report_ids[0] ?? ''}`}>
      <Avatar src={item.target.avatar} size={36} />
      <span class="queue-who">
        <strong>@{item.target.acct}</strong>
        <span class="queue-excerpt" dir="auto">
          {item.excerpt || 'No words'}
        </span>
      </span>
      <span class="queue-reason">{categories[item.category] ?? item.category}</span>
      <span class="faces">
        {item.reporters.slice(0, 3).map((reporter) => (
          <Avatar key={reporter.id} src={reporter.avatar} size={24} />
        ))}
        <span class="visually-hidden">{item.reporters.length} reporters</span>
      </span>
      <span class={`severity severity-${level}`}>
        <i />
        <i />
        <i />
        {severity}
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
      toast(approve ? 'The decision is taken back.' : 'The decision stands.')
      done()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <div class="person-row">
      <Avatar src={appeal.target.avatar} size={36} />
      <span class="queue-who">
        <strong>@{appeal.target.acct}</strong>
        <span dir="auto">“{appeal.text}”</span>
      </span>
      <span class="person-acts">
        <button class="button button-outline button-small" type="button" onClick={() => void decide(false)}>
          It stands
        </button>
        <button class="button button-primary button-small" type="button" onClick={() => void decide(true)}>
          Take it back
        </button>
      </span>
    </div>
  )
}

function Case({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<ReportCase>(`/api/web/moderation/reports/${id}`)
  return (
    <>
      <ColumnHead title="Report" back>
        {value && (
          <span class="meta">
            {value.rules[0] ? `“${value.rules[0]}”` : categories[value.category]} · from @{value.reporter.acct} ·{' '}
            <Ago at={value.created_at} />
          </span>
        )}
      </ColumnHead>
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={2} />}
      {value && (
        <div class="case">
          <Evidence report={value} />
          <About report={value} />
          {value.resolved_at ? <Decided at={value.resolved_at} /> : <Decide report={value} />}
        </div>
      )}
    </>
  )
}

function Evidence({ report }: { report: ReportCase }) {
  return (
    <section class="case-evidence" aria-label="What was reported">
      {report.comment && (
        <blockquote class="case-comment" dir="auto">
          {report.comment}
        </blockquote>
      )}
      {report.snapshot.map((post) => (
        <article class="case-post" key={post.id}>
          <p class="meta">
            <Icon name="report" small /> As it was · <FullTime at={post.at} />
          </p>
          {post.warning && <p class="card-warning">{post.warning}</p>}
          <div class="prose" dir="auto">
            <Html html={post.html} />
          </div>
          {!report.statuses.some((status) => status.id === post.id) && <p class="meta">The post is gone by now.</p>}
        </article>
      ))}
      {report.snapshot.length === 0 && (
        <p class="lead">No post was named. The report is about the account as a whole.</p>
      )}
    </section>
  )
}

const actionNames: Record<string, string> = {
  warn: 'Warned',
  delete: 'Posts removed',
  limit: 'Limited',
  suspend: 'Suspended',
}

function About({ report }: { report: ReportCase }) {
  const { target } = report
  return (
    <section class="case-about" aria-label="Who was reported">
      <p class="consent-who">
        <Avatar src={target.avatar} size={44} />
        <a href={`/@${target.acct}`}>
          <strong>
            <bdi>{target.display_name || target.username}</bdi>
          </strong>
          <span class="meta">@{target.acct}</span>
        </a>
      </p>
      <dl class="person-fields">
        <div>
          <dt>Joined</dt>
          <dd>
            <Ago at={target.created_at} />
          </dd>
        </div>
        <div>
          <dt>Posts</dt>
          <dd>{target.statuses_count.toLocaleString()}</dd>
        </div>
        <div>
          <dt>Reported</dt>
          <dd>{report.others === 0 ? 'the first time' : `${report.others + 1} times`}</dd>
        </div>
      </dl>
      {report.strikes.length > 0 && <h2 class="case-title">Before</h2>}
      {report.strikes.map((strike) => (
        <p class="meta" key={strike.id}>
          {actionNames[strike.action] ?? strike.action}, <Ago at={strike.created_at} />
          {strike.overruled_at && ' (taken back)'}
        </p>
      ))}
    </section>
  )
}

function Decided({ at }: { at: string }) {
  return (
    <section class="case-decide">
      <h2>Decided</h2>
      <p class="lead">
        <FullTime at={at} />
      </p>
    </section>
  )
}

type ChoicesProps = { report: ReportCase; current: string; choose: (decision: string) => void }

function Choices({ report, current, choose }: ChoicesProps) {
  return (
    <fieldset class="decisions">
      <legend class="visually-hidden">What to do</legend>
      {report.consequences.map((one) => (
        <label key={one.decision} class="decision">
          <input
            type="radio"
            name="decision"
            checked={current === one.decision}
            onChange={() => choose(one.decision)}
          />
          {one.name}
        </label>
      ))}
    </fieldset>
  )
}

function Decide({ report }: { report: ReportCase }) {
  const [decision, setDecision] = useState('none')
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const chosen = report.consequences.find((one) => one.decision === decision)
  const send = async () => {
    try {
      await request('POST', `/api/web/moderation/reports/${report.id}/decision`, { body: { decision, text } })
      toast('Decided.')
      navigate('/moderation')
    } catch (error) {
      setFault(explain(error))
    }
  }
  return (
    <form
      class="case-decide"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2>Decide</h2>
      <Choices report={report} current={decision} choose={setDecision} />
      {decision !== 'none' && (
        <label class="field">
          <span class="field-head">Message to {report.target.display_name || report.target.username}</span>
          <textarea
            rows={4}
            dir="auto"
            maxLength={2000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        </label>
      )}
      <p class="case-effect">
        <strong>What will happen</strong>
        {chosen?.text}
      </p>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button class={decision === 'suspend' ? 'button button-danger' : 'button button-primary'} type="submit">
        {decision === 'none' ? 'Close the report' : chosen?.name}
      </button>
    </form>
  )
}
