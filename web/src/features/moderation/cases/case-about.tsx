import type { ReportCase } from '@hamlet/contract/moderation'
import type { ComponentChildren } from 'preact'
import { amount, t } from '../../../i18n/words.ts'
import { nameOf } from '../../../ui/name.tsx'
import { Avatar } from '../../../ui/parts.tsx'
import { Ago } from '../../../ui/time.tsx'
import { actionName } from '../words.ts'
import { CaseNotes } from './case-notes.tsx'

/** Who was reported, and what is known of them. */
export function CaseAbout({ report }: { report: ReportCase }) {
  const { target, facts, kin } = report
  const row = (name: string, value: ComponentChildren) => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <section class="case-about" aria-label={t('moderation.whoReported', 'Who was reported')}>
      <Who target={target} />
      <dl class="case-facts">
        {row(t('moderation.joined', 'Joined'), <Ago at={facts.joined} />)}
        {row(t('moderation.posts', 'Posts'), amount(target.statuses_count))}
        {row(t('cases.followed', 'Followers'), amount(facts.followers))}
        {row(
          t('moderation.reported', 'Reported'),
          t(
            'cases.upheld',
            '{n, plural, one {once} other {# times}}, {upheld, plural, =0 {never upheld} one {once upheld} other {# times upheld}}',
            {
              n: facts.reports,
              upheld: facts.upheld,
            },
          ),
        )}
        {row(
          t('cases.blockedBy', 'Blocked by'),
          t('cases.people', '{n, plural, one {# person here} other {# people here}}', { n: facts.blocked_by }),
        )}
        {kin &&
          row(
            t('cases.sameMail', 'Same mail'),
            t('cases.sameMailValue', '{n} others at {domain}', { n: kin.same_mail, domain: kin.mail_domain }),
          )}
        {kin &&
          row(
            t('cases.sameNet', 'Same network'),
            t('cases.sameNetValue', '{n, plural, one {# other} other {# others}}', { n: kin.same_network }),
          )}
      </dl>
      {report.strikes.length > 0 && <h2 class="case-title">{t('moderation.before', 'Before')}</h2>}
      {report.strikes.map((strike) => (
        <p class="meta" key={strike.id}>
          {actionName(strike.action)}, <Ago at={strike.created_at} />
          {strike.overruled_at && ` ${t('moderation.takenBack', '(taken back)')}`}
        </p>
      ))}
      <Related report={report} />
      <Timeline report={report} />
      <CaseNotes reportId={report.id} />
    </section>
  )
}

function Related({ report: { related, target } }: { report: ReportCase }) {
  if (related.length === 0) return null
  return (
    <>
      <h2 class="case-title">{t('cases.related', 'Other reports')}</h2>
      <ul class="case-list">
        {related.map((one) => (
          <li key={one.id}>
            <a href={`/moderation/reports/${one.id}`}>
              {one.target.id === target.id
                ? t('cases.fromWho', 'From {handle}', { handle: `@${one.reporter.acct}` })
                : t('cases.aboutWho', 'About {handle}', { handle: `@${one.target.acct}` })}
            </a>{' '}
            <span class="meta">
              <Ago at={one.created_at} />
              {one.resolved_at && ` · ${t('moderation.decided', 'Decided')}`}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

const acts: Record<string, () => string> = {
  'report.assign': () => t('cases.didAssign', 'took it on'),
  'report.unassign': () => t('cases.didUnassign', 'left it to others'),
  'report.update': () => t('cases.didUpdate', 'changed what it is about'),
  'report.reopen': () => t('cases.didReopen', 'opened it again'),
  'report.resolve': () => t('cases.didResolve', 'closed it'),
  'report.none': () => t('cases.didNone', 'saw no violation'),
  'report.read-private': () => t('cases.didRead', 'read what was not for everyone'),
  'note.create': () => t('cases.didNote', 'wrote a note'),
  'note.delete': () => t('cases.didUnnote', 'took a note away'),
}

function actOf(action: string): string {
  const known = acts[action]
  if (known) return known()
  return t('cases.didDecide', 'decided: {what}', { what: actionName(action.replace('report.', '')) })
}

/** What happened with it so far. */
function Timeline({ report }: { report: ReportCase }) {
  return (
    <>
      <h2 class="case-title">{t('cases.timeline', 'What happened')}</h2>
      <ol class="case-list">
        <li>
          {t('cases.didReport', '{handle} reported it', { handle: `@${report.reporter.acct}` })}{' '}
          <span class="meta">
            <Ago at={report.created_at} />
            {report.forwarded && ` · ${t('cases.wasForwarded', 'also sent to other servers')}`}
          </span>
        </li>
        {report.timeline.map((one) => (
          <li key={one.at + one.action}>
            <bdi>{one.by ? `@${one.by.acct}` : t('cases.somebody', 'Somebody')}</bdi> {actOf(one.action)}{' '}
            <span class="meta">
              <Ago at={one.at} />
            </span>
          </li>
        ))}
      </ol>
    </>
  )
}

function Who({ target }: { target: ReportCase['target'] }) {
  return (
    <p class="consent-who">
      <Avatar src={target.avatar} size={44} />
      <a href={`/@${target.acct}`}>
        <strong>
          <bdi>{nameOf(target)}</bdi>
        </strong>
        <span class="meta" dir="ltr">
          @{target.acct}
        </span>
      </a>
    </p>
  )
}
