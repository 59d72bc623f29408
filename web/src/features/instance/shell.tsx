import type { PageModel, Site } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { t } from '../../i18n/words.ts'
import { Name } from '../../ui/name.tsx'
import { Avatar, Empty, Time } from '../../ui/parts.tsx'
import { refusalText, refusalTitle } from './refusals.ts'
import { Body } from '../statuses/post.tsx'

/** What stands around every public page. */
export function Shell({ site, children }: { site: Site; children: ComponentChildren }) {
  return (
    <>
      <header class="topbar">
        <a class="brand" href="/">
          <img src="/logo.svg" alt="" width={32} height={32} />
          {site.title}
        </a>
        <nav aria-label={t('public.thisServer', 'This server')}>
          <a href="/about">{t('public.about', 'About')}</a>
          <a href="/sign-in">{t('public.signIn', 'Sign in')}</a>
          {site.registrationsOpen && (
            <a class="button button-primary" href="/sign-up">
              {t('public.join', 'Join')}
            </a>
          )}
        </nav>
      </header>
      {children}
      <footer class="footer">
        <p class="meta prose">
          {t('public.runsHamlet', '{domain} runs Hamlet, which is free software.', { domain: site.domain })}{' '}
          <a href="/api/openapi.json">API</a>
        </p>
      </footer>
    </>
  )
}

/** Who serves this page, and what reading it costs: nothing. */
export function AboutCard({ site }: { site: Site }) {
  return (
    <>
      <section class="sheet about-card">
        <img src="/header.svg" alt="" width={296} height={100} />
        <h2 dir="auto">{site.title}</h2>
        <p dir="auto">
          {site.description}{' '}
          {t('public.members', '{n, plural, one {# person lives here.} other {# people live here.}}', {
            n: site.memberCount,
          })}
        </p>
        <a class="button button-outline" href="/">
          {t('public.lookAround', 'Look around')}
        </a>
      </section>
      <p class="promise">
        <strong>{t('public.promise', 'Reading needs no account.')}</strong>{' '}
        {t('public.promiseText', 'No cookies are set and nothing is loaded from anywhere else.')}
      </p>
    </>
  )
}

/** Posts by many people under one heading: the front page, a hashtag. */
export function FeedPage({ model }: { model: Extract<PageModel, { kind: 'front' | 'tag' }> }) {
  const title =
    model.kind === 'tag' ? `#${model.name}` : t('public.newOn', 'New on {domain}', { domain: model.site.domain })
  const older = model.kind === 'tag' ? model.olderUrl : null
  return (
    <div class="columns">
      <main class="h-feed">
        <h1 class="posts-title">{title}</h1>
        <div class="sheet">
          {model.statuses.map((status) => (
            <article class="entry h-entry" key={status.id}>
              <div class="post-head p-author h-card">
                <Avatar src={status.account.avatar} size={44} />
                <a class="u-url" href={status.account.url}>
                  <span class="person-name p-name">
                    <Name account={status.account} />
                  </span>
                  <span class="person-handle">@{status.account.acct}</span>
                </a>
              </div>
              <Body status={status} />
              <a class="meta u-url" href={status.url ?? status.uri}>
                <Time at={status.created_at} />
              </a>
            </article>
          ))}
          {model.statuses.length === 0 && (
            <Empty title={t('public.quiet', 'Quiet so far')}>
              {t('public.quietText', 'The first public post will appear here.')}
            </Empty>
          )}
          {older && (
            <p class="older">
              <a class="button button-outline" href={older} rel="next">
                {t('public.older', 'Older posts')}
              </a>
            </p>
          )}
        </div>
      </main>
      <aside aria-label={t('public.aboutServer', 'About this server')}>
        <AboutCard site={model.site} />
      </aside>
    </div>
  )
}

export function RefusalPage({ model }: { model: Extract<PageModel, { kind: 'refusal' }> }) {
  return (
    <main class="refusal">
      <div class="sheet">
        <div class="empty">
          <h1>{refusalTitle(model.status)}</h1>
          <p>{refusalText(model.status)}</p>
          {model.detail && (
            <p lang="en" dir="ltr">
              {model.detail}
            </p>
          )}
          <p>
            <a class="button button-outline" href="/">
              {t('public.goFront', 'Go to the front page')}
            </a>
          </p>
        </div>
      </div>
    </main>
  )
}
