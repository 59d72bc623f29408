import type { PageModel } from '@hamlet/contract/pages'
import { rich, t } from '../../i18n/words.ts'
import { Html } from '../../ui/html.tsx'
import { RuleList } from '../users/entrance.tsx'

/** What this server is, who runs it, and how people live together here (picture 19). */
export function AboutPage({ model }: { model: Extract<PageModel, { kind: 'about' }> }) {
  const { site, rules, contact, texts } = model
  return (
    <main class="about">
      <header class="about-cover">
        <img src="/header.svg" alt="" />
        <div>
          <h1 dir="auto">{site.title}</h1>
          <p dir="auto">{site.description}</p>
        </div>
      </header>
      {texts.about !== '' && (
        <section class="prose" aria-label={t('public.about', 'About')}>
          <Html html={texts.about} />
        </section>
      )}
      <section aria-labelledby="rules">
        <h2 id="rules">{t('public.howWeLive', 'How we live together')}</h2>
        {rules.length === 0 ? (
          <p class="lead">{t('public.noRules', 'Nothing is written down yet. Be kind to people.')}</p>
        ) : (
          <RuleList rules={rules} />
        )}
      </section>
      <section aria-labelledby="run">
        <h2 id="run">{t('public.whoRuns', 'Who runs this')}</h2>
        <p>
          {t(
            'public.people',
            '{n, plural, =1 {One person lives here.} one {# person lives here.} other {# people live here.}}',
            { n: site.memberCount },
          )}{' '}
          {rich('public.handles', 'Handles end in {domain}.', { domain: <bdi>@{site.domain}</bdi> })}{' '}
          {contact &&
            rich('public.writeTo', 'Write to {address}.', { address: <a href={`mailto:${contact}`}>{contact}</a> })}
        </p>
        <p>
          {site.registrationsOpen ? (
            <a class="button button-primary" href="/sign-up">
              {t('public.joinNamed', 'Join {name}', { name: site.title })}
            </a>
          ) : (
            t('public.noNewMembers', 'It takes no new members right now.')
          )}
        </p>
      </section>
      <Text id="privacy" title={t('public.privacy', 'Privacy')} html={texts.privacy} />
      <Text id="terms" title={t('public.terms', 'Terms of service')} html={texts.terms} />
    </main>
  )
}

function Text({ id, title, html }: { id: string; title: string; html: string }) {
  if (html === '') return null
  return (
    <section class="prose" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Html html={html} />
    </section>
  )
}
