import type { PageModel } from '@hamlet/contract/pages'
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
        <section class="prose" aria-label="About">
          <Html html={texts.about} />
        </section>
      )}
      <section aria-labelledby="rules">
        <h2 id="rules">How we live together</h2>
        {rules.length === 0 ? (
          <p class="lead">Nothing is written down yet. Be kind to people.</p>
        ) : (
          <RuleList rules={rules} />
        )}
      </section>
      <section aria-labelledby="run">
        <h2 id="run">Who runs this</h2>
        <p>
          {site.memberCount === 1 ? 'One person lives' : `${site.memberCount.toLocaleString('en')} people live`} here.
          Handles end in @{site.domain}.{' '}
          {contact && (
            <>
              Write to <a href={`mailto:${contact}`}>{contact}</a>.
            </>
          )}
        </p>
        <p>
          {site.registrationsOpen ? (
            <a class="button button-primary" href="/sign-up">
              Join {site.title}
            </a>
          ) : (
            'It takes no new members right now.'
          )}
        </p>
      </section>
      <Text id="privacy" title="Privacy" html={texts.privacy} />
      <Text id="terms" title="Terms of service" html={texts.terms} />
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
