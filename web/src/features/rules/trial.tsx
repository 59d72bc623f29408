import type { RuleTrial, TrialHit } from '@hamlet/contract/content-rule'
import type { RuleWording } from '@hamlet/contract/rule-grammar'
import { useEffect, useRef, useState } from 'preact/hooks'
import { explain, request } from '../../api/request.ts'
import { amount, dateInWords, t } from '../../i18n/words.ts'
import { Avatar, Icon } from '../../ui/parts.tsx'

const TRIALS = '/api/hamlet/v1/admin/rule_trials'
const POSTS = 10_000
const ASK_AGAIN_MS = 500

/** What the rule would have done to the last posts. Nothing is changed by it. */
export function Trial({ draft }: { draft: RuleWording }) {
  const [trial, setTrial] = useState<RuleTrial>()
  const [fault, setFault] = useState('')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const follow = (one: RuleTrial) => {
    setTrial(one)
    if (one.state !== 'running') return
    timer.current = setTimeout(() => {
      request<RuleTrial>('GET', `${TRIALS}/${one.id}`).then(follow, (error: unknown) => setFault(explain(error)))
    }, ASK_AGAIN_MS)
  }
  const run = () => {
    clearTimeout(timer.current)
    setFault('')
    // A trial asks nothing of a name.
    const rule = { ...draft, title: draft.title.trim() === '' ? '…' : draft.title }
    request<RuleTrial>('POST', TRIALS, { body: { rule, posts: POSTS } }).then(follow, (error: unknown) =>
      setFault(explain(error)),
    )
  }
  const isRunning = trial?.state === 'running'
  return (
    <section class="rule-trial" aria-busy={isRunning}>
      <div class="rule-trial-head">
        <h2>
          {t('rules.onLast', 'On the last {n} posts', { n: amount(trial?.state === 'done' ? trial.examined : POSTS) })}
        </h2>
        <button class="link-button" type="button" onClick={run}>
          <Icon name="fresh" small />
          {trial ? t('rules.again', 'Run again') : t('rules.try', 'Try it')}
        </button>
      </div>
      {fault && (
        <p class="field-fault" role="alert">
          {fault}
        </p>
      )}
      {!trial && !fault && (
        <p class="meta">
          {t(
            'rules.tryText',
            'See which posts the rule would have met, before it does anything. Only public posts are looked at.',
          )}
        </p>
      )}
      {isRunning && (
        <progress
          class="rule-progress"
          max={trial.total}
          value={trial.examined}
          aria-label={t('rules.progress', 'Posts that were looked at')}
        />
      )}
      {trial?.state === 'done' && <Findings trial={trial} />}
    </section>
  )
}

function Findings({ trial }: { trial: RuleTrial }) {
  const suspicious = trial.examples.filter((one) => one.looks_innocent)
  const others = trial.examples.filter((one) => !one.looks_innocent)
  return (
    <>
      <dl class="rule-counts">
        <Count n={trial.hits} label={t('rules.wouldMeet', 'would be met')} />
        <Count n={trial.reported} label={t('rules.reported', 'by reported authors')} />
        <Count n={trial.innocent} label={t('rules.innocent', 'look innocent')} isWarning={trial.innocent > 0} />
      </dl>
      {trial.hits > 0 && <Spread trial={trial} />}
      {trial.hits === 0 && <p class="meta">{t('rules.nothing', 'The rule would have met none of them.')}</p>}
      {suspicious.length > 0 && (
        <Examples title={t('rules.lookFirst', 'Look at these first')} hits={suspicious} isMistake />
      )}
      {others.length > 0 && <Examples title={t('rules.others', 'The others')} hits={others} />}
      {trial.servers.length > 1 && (
        <>
          <h3>{t('rules.byServer', 'By server')}</h3>
          <ul class="rule-servers">
            {trial.servers.map(({ host, hits }) => (
              <li key={host}>
                <bdi>{host}</bdi>
                <span>{amount(hits)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

function Count({ n, label, isWarning = false }: { n: number; label: string; isWarning?: boolean }) {
  return (
    <div class={isWarning ? 'rule-count rule-count-warning' : 'rule-count'}>
      <dt>{label}</dt>
      <dd>{amount(n)}</dd>
    </div>
  )
}

function Spread({ trial }: { trial: RuleTrial }) {
  const most = Math.max(1, ...trial.spread)
  return (
    <div class="rule-spread">
      <svg viewBox={`0 0 ${trial.spread.length * 10} 40`} preserveAspectRatio="none" aria-hidden="true">
        {trial.spread.map((n, at) => {
          const height = n === 0 ? 1 : Math.max(3, (n / most) * 38)
          return <rect key={at} x={at * 10 + 1} y={40 - height} width="7" height={height} rx="1" />
        })}
      </svg>
      <p class="meta">
        <span>{trial.since && dateInWords(trial.since, { day: 'numeric', month: 'short' })}</span>
        <span>{t('rules.today', 'today')}</span>
      </p>
    </div>
  )
}

const signWords = (): Record<TrialHit['signs'][number], string> => ({
  team: t('rules.signTeam', 'of the team'),
  old_account: t('rules.signOld', 'here for years'),
  followed_here: t('rules.signFollowed', 'followed here'),
  liked: t('rules.signLiked', 'liked'),
  never_reported: t('rules.signClean', 'never reported'),
})

function Examples({
  title,
  hits,
  isMistake = false,
}: {
  title: string
  hits: readonly TrialHit[]
  isMistake?: boolean
}) {
  return (
    <>
      <h3>{title}</h3>
      <ul class="rule-examples">
        {hits.map((hit) => (
          <li key={hit.status_id}>
            <Avatar src={hit.account?.avatar ?? '/avatar.svg'} size={32} />
            <div>
              <strong>
                <bdi>@{hit.account?.acct ?? ''}</bdi>
              </strong>
              <p dir="auto">{hit.excerpt}</p>
              {isMistake && <p class="meta">{hit.signs.map((sign) => signWords()[sign]).join(' · ')}</p>}
            </div>
          </li>
        ))}
      </ul>
    </>
  )
}
