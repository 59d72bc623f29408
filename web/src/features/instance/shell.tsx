import type { PageModel, Site } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { t } from '../../i18n/words.ts'
import { Name } from '../../ui/name.tsx'
import { Avatar, Empty, Icon, Time } from '../../ui/parts.tsx'
import { refusalText, refusalTitle } from './refusals.ts'
import { Body, Tally } from '../statuses/post.tsx'

/** What stands around every public page. `isOver`: the page begins with a picture, and the bar stands on it. */
export function Shell({
  site,
  isOver = false,
  children,
}: {
  site: Site
  isOver?: boolean
  children: ComponentChildren
}) {
  return (
    <>
      <header class={isOver ? 'topbar topbar-over' : 'topbar'}>
        <a class="brand" href="/">
          <img src={site.icon ?? '/logo.svg'} alt="" width={32} height={32} />
          <span dir="auto">{site.title}</span>
        </a>
        <nav aria-label={t('public.thisServer', 'This server')}>
          <a class="topbar-explore" href="/">
            {t('explore.title', 'Explore')}
          </a>
          <a href="/about">{t('public.about', 'About')}</a>
          <a href="/sign-in">{t('public.signIn', 'Sign in')}</a>
          {site.registrationsOpen && !isOver && (
            <a class="button button-primary" href="/sign-up">
              <span class="wide-only">{t('entrance.createAccount', 'Create account')}</span>
              <span class="phone-only">{t('public.join', 'Join')}</span>
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

/** Who serves this page, and what reading it costs: nothing. `links` lead to other forms of what is read. */
export function AboutCard({ site, links = [] }: { site: Site; links?: { href: string; words: string }[] }) {
  return (
    <>
      <section class="sheet about-card">
        <img src={site.cover?.url ?? '/header.svg'} alt={site.cover?.description ?? ''} width={296} height={112} />
        <h2 dir="auto">{site.title}</h2>
        <p dir="auto">
          {site.description}{' '}
          {t('public.members', '{n, plural, one {# person lives here.} other {# people live here.}}', {
            n: site.memberCount,
          })}
        </p>
        <a class="button button-outline button-small" href="/about">
          {t('public.aboutAndRules', 'About and rules')}
        </a>
      </section>
      <p class="promise">
        <strong>{t('public.promise', 'Reading needs no account.')}</strong>{' '}
        {t('public.promiseText', 'No cookies are set and nothing is loaded from anywhere else.')}
      </p>
      <ul class="ways">
        {links.map(({ href, words }) => (
          <li key={href}>
            <a href={href}>{words}</a>
          </li>
        ))}
        <li>
          <a href="/about#privacy">{t('public.privacy', 'Privacy')}</a>
        </li>
      </ul>
    </>
  )
}

/** Posts by many people under one heading: the front page, a hashtag. */
export function FeedPage({ model }: { model: Extract<PageModel, { kind: 'front' | 'tag' }> }) {
  const title =
    model.kind === 'tag' ? `#${model.name}` : t('public.newOn', 'New on {domain}', { domain: model.site.domain })
  const older = model.kind === 'tag' ? model.olderUrl : null
  const feed = { href: `/tags/${encodeURIComponent(title.slice(1))}.rss`, words: t('public.feed', 'Feed') }
  return (
    <div class="columns">
      <main class="h-feed">
        <h1 class="posts-title" dir="auto">
          {title}
        </h1>
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
                <a class="meta u-url" href={status.url ?? status.uri}>
                  <Time at={status.created_at} short />
                </a>
              </div>
              <Body status={status} />
              <Tally status={status} />
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
        <AboutCard site={model.site} links={model.kind === 'tag' ? [feed] : []} />
      </aside>
    </div>
  )
}

export function RefusalPage({ model }: { model: Extract<PageModel, { kind: 'refusal' }> }) {
  return (
    <main class="refusal">
      <div class="sheet">
        <div class="empty">
          <span class={model.status === 404 || model.status === 410 ? 'tile' : 'tile tile-danger'}>
            <Icon name={model.status === 404 || model.status === 410 ? 'compass' : 'fault'} />
          </span>
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
