import type { ReportCase } from '@hamlet/contract/moderation'
import { useEffect, useState } from 'preact/hooks'
import { explain, request } from '../../../api/request.ts'
import { navigate } from '../../../app/router.ts'
import { t } from '../../../i18n/words.ts'
import { nameOf } from '../../../ui/name.tsx'
import { FullTime } from '../../../ui/time.tsx'
import { toast } from '../../../ui/toast.tsx'
import { decisionName, decisionText } from '../words.ts'

/** What a decision would do, in numbers, as the server counts it before. */
type Effect = {
  posts: number
  followers: number
  following: number
  servers: number
  mailed: boolean
  in_force: boolean
}

const keysOf: Record<string, string> = { none: 'y', warn: 'w', delete: 'd', limit: 's', suspend: '⇧S' }
const DAY_S = 86_400
/** What can have an end. */
const timed = new Set(['sensitive', 'limit', 'freeze', 'suspend'])
const spans: [number, () => string][] = [
  [0, () => t('cases.forEver', 'For ever')],
  [3 * DAY_S, () => t('cases.days', '{n, plural, one {# day} other {# days}}', { n: 3 })],
  [30 * DAY_S, () => t('cases.days', '{n, plural, one {# day} other {# days}}', { n: 30 })],
]

export function CaseDecide({ report }: { report: ReportCase }) {
  const [decision, setDecision] = useState('none')
  const [text, setText] = useState('')
  const [endsIn, setEndsIn] = useState(0)
  const { send, fault, isBusy } = useDeciding(report)
  const chosen = report.consequences.find((one) => one.decision === decision)
  return (
    <form
      class="case-decide"
      onSubmit={(event) => {
        event.preventDefault()
        void send({ decision, text, ...(timed.has(decision) && endsIn > 0 ? { ends_in: endsIn } : {}) })
      }}
    >
      <h2>{t('moderation.decide', 'Decide')}</h2>
      <fieldset class="decisions">
        <legend class="visually-hidden">{t('moderation.whatToDo', 'What to do')}</legend>
        {report.consequences.map((one) => (
          <label key={one.decision} class="decision">
            <input
              type="radio"
              name="decision"
              value={one.decision}
              checked={decision === one.decision}
              onChange={() => setDecision(one.decision)}
            />
            <span>{decisionName(one)}</span>
            {keysOf[one.decision] && <kbd aria-hidden="true">{keysOf[one.decision]}</kbd>}
          </label>
        ))}
      </fieldset>
      {timed.has(decision) && <Span current={endsIn} choose={setEndsIn} />}
      {decision !== 'none' && <Message report={report} text={text} change={setText} />}
      <p class="case-effect" aria-live="polite">
        <strong>{t('moderation.willHappen', 'What will happen')}</strong>
        {chosen && decisionText(chosen, nameOf(report.target))} <EffectText report={report} decision={decision} />
      </p>
      {fault && (
        <p class="form-fault" role="alert">
          {fault}
        </p>
      )}
      <button
        class={decision === 'suspend' ? 'button button-danger' : 'button button-primary'}
        type="submit"
        aria-busy={isBusy}
      >
        {decision === 'none' || !chosen ? t('moderation.close', 'Close the report') : decisionName(chosen)}
      </button>
      {report.next && <p class="meta case-after">{t('cases.opensNext', 'Opens the next report')}</p>}
    </form>
  )
}

/** Decides once, and leads on to the next report that waits. */
function useDeciding(report: ReportCase) {
  const [fault, setFault] = useState('')
  const [isBusy, setBusy] = useState(false)
  const send = async (body: Record<string, unknown>) => {
    if (isBusy) return
    setBusy(true)
    setFault('')
    try {
      const path = `/api/web/moderation/reports/${report.id}/decision`
      const answer = await request<{ proposed?: boolean }>('POST', path, { body })
      toast(
        answer.proposed
          ? t('cases.proposed', 'A second moderator has to confirm it.')
          : t('moderation.done', 'Decided.'),
      )
      navigate(report.next ? `/moderation/reports/${report.next}` : '/moderation', { replace: true })
    } catch (error) {
      setFault(explain(error))
      setBusy(false)
    }
  }
  return { send, fault, isBusy }
}

function Span({ current, choose }: { current: number; choose: (seconds: number) => void }) {
  return (
    <fieldset class="case-span">
      <legend>{t('cases.howLong', 'For how long')}</legend>
      {spans.map(([seconds, words]) => (
        <label key={seconds}>
          <input type="radio" name="span" checked={current === seconds} onChange={() => choose(seconds)} />
          <span>{words()}</span>
        </label>
      ))}
    </fieldset>
  )
}

function Message({ report, text, change }: { report: ReportCase; text: string; change: (text: string) => void }) {
  return (
    <label class="field">
      <span class="field-head">{t('moderation.messageTo', 'Message to {name}', { name: nameOf(report.target) })}</span>
      <textarea
        rows={4}
        dir="auto"
        maxLength={2000}
        value={text}
        onInput={(event) => change(event.currentTarget.value)}
      />
    </label>
  )
}

/** The numbers of it: they come a moment after the words. */
function EffectText({ report, decision }: { report: ReportCase; decision: string }) {
  const [effect, setEffect] = useState<Effect>()
  useEffect(() => {
    let isStale = false
    setEffect(undefined)
    if (decision === 'none') return
    request<Effect>('POST', `/api/web/moderation/reports/${report.id}/preview`, { body: { decision } }).then(
      (found) => !isStale && setEffect(found),
      // The words say enough without numbers.
      () => undefined,
    )
    return () => {
      isStale = true
    }
  }, [report.id, decision])
  return (
    <>
      {effect && sayEffect(effect)}{' '}
      {t(
        'cases.reportersTold',
        '{n, plural, one {Whoever reported it is told} other {The # who reported it are told}} that it was decided.',
        {
          n: report.reporters.length,
        },
      )}
    </>
  )
}

function sayEffect({ posts, followers, following, servers, in_force: inForce }: Effect): string {
  const ended = followers + following
  const said = [
    inForce && t('cases.effectInForce', 'It is so already.'),
    posts > 0 &&
      t('cases.effectPosts', '{n, plural, one {# post is touched.} other {# posts are touched.}}', { n: posts }),
    ended > 0 && t('cases.effectFollows', '{n, plural, one {# follow ends.} other {# follows end.}}', { n: ended }),
    servers > 0 &&
      t('cases.effectServers', '{n, plural, one {# other server is told.} other {# other servers are told.}}', {
        n: servers,
      }),
  ]
  return said.filter(Boolean).join(' ')
}

/** It is decided: by what, and the way back. */
export function Decided({ report, changed }: { report: ReportCase; changed: () => void }) {
  const reopen = async () => {
    try {
      await request('POST', `/api/v1/admin/reports/${report.id}/reopen`)
      changed()
    } catch (error) {
      toast(explain(error))
    }
  }
  return (
    <section class="case-decide">
      <h2>{t('moderation.decided', 'Decided')}</h2>
      <p class="lead">
        {report.resolved_at && <FullTime at={report.resolved_at} />} ·{' '}
        {report.outcome === 'acted'
          ? t('cases.wasActed', 'Something was done about it.')
          : t('cases.wasNone', 'No violation was seen.')}
      </p>
      <button class="button button-outline" type="button" onClick={() => void reopen()}>
        {t('cases.reopen', 'Open it again')}
      </button>
    </section>
  )
}
