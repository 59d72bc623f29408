import type { PageModel } from '@hamlet/contract/pages'
import type { Status } from '@hamlet/contract/status'
import type { ComponentChildren } from 'preact'
import { amount, rich, t } from '../../i18n/words.ts'
import { Html, HtmlTree } from '../../ui/html.tsx'
import { Name } from '../../ui/name.tsx'
import { Avatar } from '../../ui/parts.tsx'
import { wordsOf } from '../statuses/quote/words.ts'
import { RuleList } from '../users/entrance.tsx'

type Model = Extract<PageModel, { kind: 'about' }>

/** What this server is, who runs it, and how people live together here (picture 19). */
export function AboutPage({ model }: { model: Model }) {
  const { rules, texts } = model
  return (
    <main class="about">
      <Cover model={model} />
      <div class="about-body">
        <div class="about-main">
          <section aria-labelledby="rules">
            <h2 id="rules">{t('public.howWeLive', 'How we live together')}</h2>
            {rules.length === 0 ? (
              <p class="lead">{t('public.noRules', 'Nothing is written down yet. Be kind to people.')}</p>
            ) : (
              <RuleList rules={rules} />
            )}
          </section>
          <Voices statuses={model.statuses} />
          <Text id="about" title={t('public.about', 'About')} html={texts.about} />
          <Text id="privacy" title={t('public.privacy', 'Privacy')} html={texts.privacy} />
          <Text id="terms" title={t('public.terms', 'Terms of service')} html={texts.terms} />
        </div>
        <Facts model={model} />
      </div>
    </main>
  )
}

/** One white button: the way in. Who cannot come in is told so. */
function Cover({ model: { site } }: { model: Model }) {
  return (
    <header class="about-cover">
      <img src={site.cover?.url ?? '/header.svg'} alt={site.cover?.description ?? ''} />
      <div>
        <h1 dir="auto">{site.title}</h1>
        <p dir="auto">{site.description}</p>
        {!site.registrationsOpen && <p>{t('public.noNewMembers', 'It takes no new members right now.')}</p>}
        <p class="about-ways">
          {site.registrationsOpen && (
            <a class="button" href="/sign-up">
              {t('public.joinNamed', 'Join {name}', { name: site.title })}
            </a>
          )}
          <a class="button" href="/">
            {t('public.lookAround', 'Look around')}
          </a>
        </p>
      </div>
    </header>
  )
}

/** The newest words of different people, so that a stranger hears how one talks here. */
function Voices({ statuses }: { statuses: Status[] }) {
  if (statuses.length === 0) return null
  return (
    <section aria-labelledby="voices">
      <h2 id="voices">{t('public.saidHere', 'Said here lately')}</h2>
      <div class="sheet">
        {statuses.map((status) => (
          <article class="voice h-entry" key={status.id}>
            <Avatar src={status.account.avatar} size={44} />
            <div>
              <a class="person-name p-author h-card" href={status.url ?? status.uri}>
                <Name account={status.account} />
              </a>
              <div class="prose e-content" dir="auto" lang={status.language ?? undefined}>
                <HtmlTree nodes={wordsOf(status)} emojis={status.emojis} />
              </div>
            </div>
          </article>
        ))}
      </div>
    </section>
  )
}

function Facts({ model: { site, contact, person, counts, texts, hasModerationLog } }: { model: Model }) {
  return (
    <div class="about-facts">
      <section>
        <h2>{t('public.whoRuns', 'Who runs this')}</h2>
        {person && (
          <a class="about-person" href={person.url}>
            <Avatar src={person.avatar} size={44} />
            <span>
              <strong>
                <Name account={person} />
              </strong>
              <span class="person-handle">@{person.acct}</span>
            </span>
          </a>
        )}
        {contact && (
          <p>
            {rich('public.writeTo', 'Write to {address}.', { address: <a href={`mailto:${contact}`}>{contact}</a> })}
          </p>
        )}
        {!contact && !person && <p>{t('public.runBy', 'The people who run it have not left an address.')}</p>}
      </section>
      <section>
        <h2>{t('public.inNumbers', 'In numbers')}</h2>
        <dl>
          <Fact words={t('public.countMembers', 'Members')}>{amount(site.memberCount)}</Fact>
          <Fact words={t('public.countMonth', 'Wrote this month')}>{amount(counts.activeMonth)}</Fact>
          <Fact words={t('public.countPosts', 'Posts')}>{amount(counts.statuses)}</Fact>
          <Fact words={t('public.countPeers', 'Known servers')}>{amount(counts.peers)}</Fact>
        </dl>
      </section>
      <section>
        <h2>{t('public.goodToKnow', 'Good to know')}</h2>
        <p>
          {rich('public.handles', 'Handles end in {domain}.', { domain: <bdi>@{site.domain}</bdi> })}{' '}
          {t('public.noTracking', 'Nothing is loaded from anywhere else, and nobody is followed around.')}
        </p>
        {hasModerationLog && <a href="/about/moderation">{t('publicLog.title', 'What the team did')}</a>}
        {texts.privacy !== '' && <a href="#privacy">{t('public.privacy', 'Privacy')}</a>}
        {texts.terms !== '' && <a href="#terms">{t('public.terms', 'Terms of service')}</a>}
      </section>
    </div>
  )
}

function Fact({ words, children }: { words: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{words}</dt>
      <dd>{children}</dd>
    </div>
  )
}

function Text({ id, title, html }: { id: string; title: string; html: string }) {
  if (html === '') return null
  return (
    <section class="prose" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <div class="text-words" dir="auto">
        <Html html={html} />
      </div>
    </section>
  )
}
