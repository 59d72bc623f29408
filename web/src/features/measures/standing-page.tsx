import type { OwnReport, OwnStrike, Standing } from '@hamlet/contract/standing'
import { useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { ColumnHead } from '../../app/column.tsx'
import { t } from '../../i18n/words.ts'
import { Empty } from '../../ui/parts.tsx'
import { Fault, Skeleton } from '../../ui/states.tsx'
import { FullTime } from '../../ui/time.tsx'
import { toast } from '../../ui/toast.tsx'
import { useLoaded } from '../moderation/use-loaded.ts'
import { actionName } from '../moderation/words.ts'
import { Group } from '../settings/rows.tsx'
import { stateName, untilText } from './words.ts'

/** How one stands with the team: what was decided, what one said against it, and what came of one's reports. */
export function StandingPage() {
  const { value, fault, load } = useLoaded<Standing>('/api/hamlet/v1/standing')
  return (
    <>
      <ColumnHead title={t('standing.title', 'Account standing')} back />
      {fault && <Fault text={fault} retry={() => void load()} />}
      {!value && !fault && <Skeleton rows={3} />}
      {value && (
        <>
          <Group id="decisions" title={t('standing.decisions', 'What the moderators decided about you')}>
            {value.strikes.length === 0 && (
              <Empty icon="fine" title={t('standing.none', 'Nothing')}>
                {t('standing.noneText', 'Your account is in good standing.')}
              </Empty>
            )}
            {value.strikes.map((strike) => (
              <Strike key={strike.id} start={strike} />
            ))}
          </Group>
          <Reports reports={value.reports} />
        </>
      )}
    </>
  )
}

function Strike({ start }: { start: OwnStrike }) {
  const [strike, setStrike] = useState(start)
  const state = stateName(strike.state)
  return (
    <article class="strike" data-id={strike.id}>
      <p class="strike-head">
        <strong>{actionName(strike.action)}</strong>
        {state && <span class={strike.state === 'in_force' ? 'tag tag-on' : 'tag'}>{state}</span>}
        {strike.ends_at && strike.state === 'in_force' && <span class="meta">{untilText(strike.ends_at)}</span>}
      </p>
      <p class="meta">
        <FullTime at={strike.created_at} /> · {causeText(strike)}
      </p>
      {strike.text && (
        <blockquote class="case-comment" dir="auto">
          {strike.text}
        </blockquote>
      )}
      {strike.rules.map((rule) => (
        <p class="strike-line" key={rule}>
          <strong>{t('standing.rule', 'The rule:')}</strong> <bdi>{rule}</bdi>
        </p>
      ))}
      {strike.posts.map((post) => (
        <p class="strike-line" key={post.id}>
          <strong>{t('standing.post', 'Your post:')}</strong> <bdi>{post.text}</bdi>
        </p>
      ))}
      {strike.appeal ? (
        <Appealed appeal={strike.appeal} />
      ) : (
        strike.appeal_until && <Appeal strike={strike} done={setStrike} />
      )}
    </article>
  )
}

function causeText({ reported, automated }: OwnStrike): string {
  if (automated) return t('standing.byRule', 'decided by a rule')
  return reported ? t('standing.byReport', 'after a report') : t('standing.byTeam', 'found by the moderators')
}

function Appealed({ appeal }: { appeal: NonNullable<OwnStrike['appeal']> }) {
  const answer =
    appeal.approved === null
      ? t('standing.waiting', 'You appealed. The moderators will answer.')
      : appeal.approved
        ? t('standing.right', 'You appealed, and were right: the decision is taken back.')
        : t('standing.stays', 'You appealed. The moderators read it, and the decision stays.')
  return (
    <div class="strike-appeal">
      <p>{answer}</p>
      <blockquote class="case-comment" dir="auto">
        {appeal.text}
      </blockquote>
    </div>
  )
}

function Appeal({ strike, done }: { strike: OwnStrike; done: (strike: OwnStrike) => void }) {
  const [isOpen, setOpen] = useState(false)
  const [text, setText] = useState('')
  const [fault, setFault] = useState('')
  const [isSending, setSending] = useState(false)
  const send = async () => {
    if (isSending) return
    setSending(true)
    setFault('')
    try {
      done(await request<OwnStrike>('POST', `/api/hamlet/v1/strikes/${strike.id}/appeal`, { body: { text } }))
      toast(t('standing.sent', 'Your appeal is sent.'))
    } catch (error) {
      setFault(explain(error))
      setSending(false)
    }
  }
  if (!isOpen)
    return (
      <p class="strike-acts">
        <button class="button button-outline button-small" type="button" onClick={() => setOpen(true)}>
          {t('standing.appeal', 'Appeal')}
        </button>
        <span class="meta">
          {t('standing.appealUntil', 'possible')} {untilText(strike.appeal_until ?? '')}
        </span>
      </p>
    )
  return (
    <form
      class="strike-appeal"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <label class="field">
        <span class="field-head">{t('standing.why', 'Why is this decision wrong?')}</span>
        <textarea
          rows={5}
          dir="auto"
          required
          maxLength={2000}
          value={text}
          aria-invalid={fault ? 'true' : undefined}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button class="button button-primary" type="submit" aria-busy={isSending}>
        {t('standing.send', 'Send the appeal')}
      </button>
    </form>
  )
}

function Reports({ reports }: { reports: readonly OwnReport[] }) {
  return (
    <Group
      id="reports"
      title={t('standing.reports', 'What you reported')}
      note={t('standing.reportsNote', 'Nobody is told who reported them.')}
    >
      {reports.length === 0 && <p class="wish-none meta">{t('standing.noReports', 'Nothing yet.')}</p>}
      {reports.map((report) => (
        <div class="wish" key={report.id}>
          <span>
            <strong dir="ltr">@{report.acct}</strong>
            <small>
              {report.comment && <bdi>{report.comment} · </bdi>}
              <FullTime at={report.created_at} />
            </small>
          </span>
          <span class="meta">{outcomeText(report.outcome)}</span>
        </div>
      ))}
    </Group>
  )
}

function outcomeText(outcome: string | null): string {
  if (outcome === 'acted') return t('standing.acted', 'The moderators acted')
  return outcome === 'none' ? t('standing.nothing', 'No violation found') : t('standing.open', 'Being looked at')
}
