import type { ReportCase } from '@hamlet/contract/moderation'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { match, navigate } from '../../app/router.ts'
import { amount, t } from '../../i18n/words.ts'
import { Html } from '../../ui/html.tsx'
import { nameOf } from '../../ui/name.tsx'
import { Avatar, Icon } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { Ago, FullTime } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { QueuePage, tabPaths } from './queue.tsx'
import { useLoaded } from './use-loaded.ts'
import { actionName, categoryName, decisionName, decisionText } from './words.ts'

/** What the team has to decide (pictures 13a, 13b). */
export function Moderation({ path }: { path: string }) {
  const report = match('/moderation/reports/:id', path)
  if (report?.id) return <Case key={report.id} id={report.id} />
  return <QueuePage asked={path === tabPaths['sign-ups'] ? 'sign-ups' : 'reports'} />
}

function Case({ id }: { id: string }) {
  const { value, fault, load } = useLoaded<ReportCase>(`/api/web/moderation/reports/${id}`)
  return (
    <>
      <ColumnHead title={t('moderation.report', 'Report')} back>
        {value && (
          <span class="meta">
            {value.rules[0] ? `“${value.rules[0]}”` : categoryName(value.category)} ·{' '}
            {t('moderation.from', 'from {handle}', { handle: `@${value.reporter.acct}` })} ·{' '}
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
    <section class="case-evidence" aria-label={t('moderation.whatReported', 'What was reported')}>
      {report.comment && (
        <blockquote class="case-comment" dir="auto">
          {report.comment}
        </blockquote>
      )}
      {report.evidence
        .filter((post) => post.place === 'reported')
        .map((post) => (
          <article class="case-post" key={post.id}>
            <p class="meta">
              <Icon name="report" small /> {t('moderation.asItWas', 'As it was')} · <FullTime at={post.at} />
            </p>
            {post.warning && <p class="card-warning">{post.warning}</p>}
            <div class="prose" dir="auto">
              <Html html={post.html} />
            </div>
            {post.is_gone && <p class="meta">{t('moderation.goneByNow', 'The post is gone by now.')}</p>}
          </article>
        ))}
      {report.evidence.length === 0 && (
        <p class="lead">{t('moderation.noPost', 'No post was named. The report is about the account as a whole.')}</p>
      )}
    </section>
  )
}

function About({ report }: { report: ReportCase }) {
  const { target } = report
  return (
    <section class="case-about" aria-label={t('moderation.whoReported', 'Who was reported')}>
      <p class="consent-who">
        <Avatar src={target.avatar} size={44} />
        <a href={`/@${target.acct}`}>
          <strong>
            <bdi>{target.display_name || target.username}</bdi>
          </strong>
          <span class="meta" dir="ltr">
            @{target.acct}
          </span>
        </a>
      </p>
      <dl class="person-fields">
        <div>
          <dt>{t('moderation.joined', 'Joined')}</dt>
          <dd>
            <Ago at={target.created_at} />
          </dd>
        </div>
        <div>
          <dt>{t('moderation.posts', 'Posts')}</dt>
          <dd>{amount(target.statuses_count)}</dd>
        </div>
        <div>
          <dt>{t('moderation.reported', 'Reported')}</dt>
          <dd>
            {t('moderation.times', '{n, plural, =1 {the first time} one {# time} other {# times}}', {
              n: report.others + 1,
            })}
          </dd>
        </div>
      </dl>
      {report.strikes.length > 0 && <h2 class="case-title">{t('moderation.before', 'Before')}</h2>}
      {report.strikes.map((strike) => (
        <p class="meta" key={strike.id}>
          {actionName(strike.action)}, <Ago at={strike.created_at} />
          {strike.overruled_at && ` ${t('moderation.takenBack', '(taken back)')}`}
        </p>
      ))}
    </section>
  )
}

function Decided({ at }: { at: string }) {
  return (
    <section class="case-decide">
      <h2>{t('moderation.decided', 'Decided')}</h2>
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
      <legend class="visually-hidden">{t('moderation.whatToDo', 'What to do')}</legend>
      {report.consequences.map((one) => (
        <label key={one.decision} class="decision">
          <input
            type="radio"
            name="decision"
            checked={current === one.decision}
            onChange={() => choose(one.decision)}
          />
          {decisionName(one)}
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
      toast(t('moderation.done', 'Decided.'))
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
      <h2>{t('moderation.decide', 'Decide')}</h2>
      <Choices report={report} current={decision} choose={setDecision} />
      {decision !== 'none' && (
        <label class="field">
          <span class="field-head">
            {t('moderation.messageTo', 'Message to {name}', { name: nameOf(report.target) })}
          </span>
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
        <strong>{t('moderation.willHappen', 'What will happen')}</strong>
        {chosen && decisionText(chosen, nameOf(report.target))}
      </p>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button class={decision === 'suspend' ? 'button button-danger' : 'button button-primary'} type="submit">
        {decision === 'none' || !chosen ? t('moderation.close', 'Close the report') : decisionName(chosen)}
      </button>
    </form>
  )
}
