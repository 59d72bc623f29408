import type { PageModel, PublicDecision, PublicDecisions } from '@hamlet/contract/pages'
import { amount, dateInWords, listed, t } from '../../i18n/words.ts'

type Model = Extract<PageModel, { kind: 'moderation' }>

/** What the team did and why, counted by month. It names nobody, and needs no script. */
export function ModerationPage({ model: { site, months, servers } }: { model: Model }) {
  return (
    <main class="public-log">
      <h1>{t('publicLog.title', 'What the team did')}</h1>
      <p class="prose">
        {t(
          'publicLog.lead',
          'Every decision about people of {name} and about what is seen here, counted by month (UTC), for two years. Nobody is named.',
          { name: site.title },
        )}
      </p>
      {months.length === 0 && <p class="prose">{t('publicLog.none', 'Nothing has been decided yet.')}</p>}
      {months.map((month) => (
        <Month key={month.month} {...month} />
      ))}
      {servers.length > 0 && <Servers servers={servers} />}
      <p>
        <a href="/about">{t('public.aboutAndRules', 'About and rules')}</a>
      </p>
    </main>
  )
}

function Month({ month, lines }: PublicDecisions) {
  const name = dateInWords(`${month}-01T00:00:00Z`, { month: 'long', year: 'numeric' })
  return (
    <section aria-labelledby={`m${month}`}>
      <h2 id={`m${month}`}>{name}</h2>
      <table aria-labelledby={`m${month}`}>
        <thead>
          <tr>
            <th scope="col">{t('publicLog.what', 'What')}</th>
            <th scope="col">{t('publicLog.why', 'Why')}</th>
            <th scope="col">{t('publicLog.times', 'Times')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={index}>
              <th scope="row">{deed(line.action)}</th>
              <td dir="auto">{reason(line)}</td>
              <td>
                {amount(line.count)}
                {line.undone > 0 && (
                  <small>
                    {t('publicLog.undone', '{n, plural, one {# taken back} other {# taken back}}', { n: line.undone })}
                  </small>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Servers({ servers }: Pick<Model, 'servers'>) {
  return (
    <section aria-labelledby="servers">
      <h2 id="servers">{t('publicLog.servers', 'Servers that are limited or shut out')}</h2>
      <table aria-labelledby="servers">
        <thead>
          <tr>
            <th scope="col">{t('publicLog.server', 'Server')}</th>
            <th scope="col">{t('publicLog.why', 'Why')}</th>
            <th scope="col">{t('publicLog.what', 'What')}</th>
          </tr>
        </thead>
        <tbody>
          {servers.map(({ host, severity, reason: why }) => (
            <tr key={host}>
              <th scope="row">
                <bdi>{host}</bdi>
              </th>
              <td dir="auto">{why || t('publicLog.untold', 'Not told')}</td>
              <td>
                {severity === 'suspend' ? t('publicLog.shutOut', 'Shut out') : t('publicLog.serverLimited', 'Limited')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function deed(action: string): string {
  switch (action) {
    case 'warn':
      return t('publicLog.warn', 'Warned somebody')
    case 'mark':
      return t('publicLog.mark', 'Put a warning on posts')
    case 'delete':
      return t('publicLog.delete', 'Removed posts')
    case 'sensitive':
      return t('publicLog.sensitive', 'Put a warning on all media of an account')
    case 'limit':
      return t('publicLog.limit', 'Limited an account')
    case 'freeze':
      return t('publicLog.freeze', 'Froze an account')
    case 'suspend':
      return t('publicLog.suspend', 'Suspended an account')
    default:
      return t('publicLog.nothing', 'Looked at a report and left all as it was')
  }
}

/** Rules say more than the kind of a report. */
function reason({ rules, category, isAutomated }: PublicDecision): string {
  if (rules.length > 0) return listed(rules)
  switch (category) {
    case 'spam':
      return t('publicLog.spam', 'Spam')
    case 'legal':
      return t('publicLog.legal', 'Against the law')
    case 'violation':
      return t('publicLog.violation', 'Against the rules')
    case 'other':
      return t('publicLog.other', 'Something else that was reported')
    default:
      return isAutomated
        ? t('publicLog.byRule', 'A rule about content, without a person')
        : t('publicLog.unreported', 'Without a report')
  }
}
