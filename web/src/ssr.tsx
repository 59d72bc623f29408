import type { PageAssets, PageModel, PersonalPageModel, PublicPageModel, RenderPage } from '@hamlet/contract/pages'
import { render } from 'preact-render-to-string'
import { AboutPage } from './features/instance/about-page.tsx'
import { TextPage } from './features/instance/text-page.tsx'
import { ModerationPage } from './features/instance/moderation-page.tsx'
import { FeedPage, RefusalPage, Shell } from './features/instance/shell.tsx'
import { ProfilePage } from './features/profiles/profile-page.tsx'
import { InteractPage } from './features/remote-interaction/interact-page.tsx'
import { EmbedPage } from './features/statuses/embed-page.tsx'
import { StatusPage } from './features/statuses/status-page.tsx'
import { SetUpPage } from './features/set-up/wizard.tsx'
import {
  AppealPage,
  EmailUndoPage,
  UnsubscribePage,
  CodePage,
  ConfirmPage,
  ConsentPage,
  NoticePage,
  PasswordAskPage,
  PasswordNewPage,
  SignInPage,
} from './features/users/entrance.tsx'
import { ClosedPage } from './features/users/closed-page.tsx'
import { ConfirmAgainPage } from './features/users/confirm-again-page.tsx'
import { SignUpPage } from './features/users/sign-up-page.tsx'
import { OpenIdJoinPage } from './features/users/openid-join.tsx'
import { FactorCodesPage, FactorSetUpPage, SecondFactorPage } from './features/users/factor-pages.tsx'
import { directionOf } from './i18n/speak.ts'
import { speaking } from './i18n/speaking.ts'
import { language, rich, t } from './i18n/words.ts'
import { headOf } from './lib/head.ts'
import { structuredData } from './lib/structured-data.ts'
import { screenTitle } from './lib/titles.ts'
import { readWorn } from './lib/worn.ts'

export { say } from './i18n/elsewhere.ts'
export { writeLetter } from './letters/index.tsx'

/** Draws a public page as a whole document. It runs on the server; the reader needs no script for it. */
export const renderPage: RenderPage = (model, assets, { languages, look }) =>
  speaking(languages, (spoken) => ({
    language: spoken,
    html: `<!doctype html>${render(<Page model={model} assets={assets} worn={readWorn(look)} />)}`,
  }))

type Worn = Record<string, string>

function Page({ model, assets, worn }: { model: PageModel; assets: PageAssets; worn: Worn }) {
  return (
    <html lang={language()} dir={directionOf(language())} {...worn}>
      <PageHead model={model} assets={assets} />
      <body>
        {isPersonal(model) ? <PersonalContent model={model} /> : <Surrounded model={model} />}
        {isForm(model) && <span id={WHOLE} hidden />}
      </body>
    </html>
  )
}

/** A form stands in the middle of its page: what the browser drew of half of it would move when the rest has come. */
const isForm = (model: PageModel): boolean => isPersonal(model) && model.kind !== 'app'
const WHOLE = 'whole'

/** A page for frames stands alone; its links lead out of the frame. */
function Surrounded({ model }: { model: PublicPageModel }) {
  if (model.kind === 'embed') return <Content model={model} />
  return (
    <Shell site={model.site} isOver={model.kind === 'about'}>
      <Content model={model} />
    </Shell>
  )
}

/** For machines: a block of data is no script, so no policy is needed for it. `<` cannot end it early. */
function StructuredData({ model }: { model: PageModel }) {
  const data = structuredData(model)
  if (!data) return null
  const html = JSON.stringify(data).replaceAll('<', '\\u003c')
  return <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: html }} />
}

function PageHead({ model, assets }: { model: PageModel; assets: PageAssets }) {
  const head = headOf(model)
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{head.title}</title>
      <meta name="description" content={head.description} />
      {!head.isIndexed && <meta name="robots" content="noindex" />}
      <link rel="canonical" href={head.canonical} />
      {model.site.icon ? (
        <link rel="icon" href={model.site.icon} />
      ) : (
        <link rel="icon" href="/logo.svg" type="image/svg+xml" />
      )}
      <link rel="apple-touch-icon" href={model.site.icon ?? '/icon-192.png'} />
      <link rel="manifest" href="/manifest.webmanifest" />
      <meta property="og:title" content={head.title} />
      <meta property="og:description" content={head.description} />
      <meta property="og:type" content={head.type} />
      <meta property="og:url" content={head.canonical} />
      <meta property="og:site_name" content={model.site.title} />
      {head.image && <meta property="og:image" content={head.image} />}
      {head.imageAlt && <meta property="og:image:alt" content={head.imageAlt} />}
      <meta
        name="twitter:card"
        content={model.kind === 'status' && head.imageAlt ? 'summary_large_image' : 'summary'}
      />
      {head.creator && <meta name="fediverse:creator" content={head.creator} />}
      {head.alternates?.map((other) => (
        <link key={other.type} rel="alternate" type={other.type} href={other.href} title={other.title} />
      ))}
      <StructuredData model={model} />
      {isForm(model) && <link rel="expect" href={`#${WHOLE}`} {...{ blocking: 'render' }} />}
      <link rel="stylesheet" href={assets.css} />
      {model.kind !== 'app' && <link rel="stylesheet" href={assets.publicCss} />}
      {model.kind !== 'app' && model.kind !== 'embed' && <script type="module" src={assets.script} />}
      {model.kind === 'app' && <script type="module" src={assets.app} />}
    </head>
  )
}

const publicKinds = ['about', 'moderation', 'text', 'front', 'tag', 'profile', 'status', 'embed', 'refusal']

function isPersonal(model: PageModel): model is PersonalPageModel {
  return !publicKinds.includes(model.kind)
}

function PersonalContent({ model }: { model: PersonalPageModel }) {
  switch (model.kind) {
    case 'sign-in':
      return <SignInPage model={model} />
    case 'openid-join':
      return <OpenIdJoinPage model={model} />
    case 'second-factor':
      return <SecondFactorPage model={model} />
    case 'factor-set-up':
      return <FactorSetUpPage model={model} />
    case 'factor-codes':
      return <FactorCodesPage model={model} />
    case 'sign-up':
      return <SignUpPage model={model} />
    case 'confirm-again':
      return <ConfirmAgainPage model={model} />
    case 'password-ask':
      return <PasswordAskPage model={model} />
    case 'password-new':
      return <PasswordNewPage model={model} />
    case 'interact':
      return <InteractPage model={model} />
    case 'confirm':
      return <ConfirmPage model={model} />
    case 'email-undo':
      return <EmailUndoPage model={model} />
    case 'unsubscribe':
      return <UnsubscribePage model={model} />
    case 'notice':
      return <NoticePage model={model} />
    case 'consent':
      return <ConsentPage model={model} />
    case 'appeal':
      return <AppealPage model={model} />
    case 'closed':
      return <ClosedPage model={model} />
    case 'code':
      return <CodePage model={model} />
    case 'set-up':
      return <SetUpPage model={model} />
    case 'app':
      return <AppFrame model={model} />
  }
}

/** The script of the app draws everything; without it a reader is told where the public pages are. */
function AppFrame({ model }: { model: Extract<PersonalPageModel, { kind: 'app' }> }) {
  return (
    <div id="app">
      <noscript>
        <div class="empty">
          <h1>
            {t('public.needsScript', '{title} needs JavaScript', {
              title: screenTitle(model.title) || model.site.title,
            })}
          </h1>
          <p>
            {rich('public.withoutScript', 'Posts and profiles can be read without it. {link}', {
              link: <a href="/">{t('public.goFront', 'Go to the front page')}</a>,
            })}
          </p>
        </div>
      </noscript>
    </div>
  )
}

function Content({ model }: { model: PublicPageModel }) {
  switch (model.kind) {
    case 'front':
    case 'tag':
      return <FeedPage model={model} />
    case 'profile':
      return <ProfilePage model={model} />
    case 'status':
      return <StatusPage model={model} />
    case 'embed':
      return <EmbedPage model={model} />
    case 'about':
      return <AboutPage model={model} />
    case 'text':
      return <TextPage model={model} />
    case 'moderation':
      return <ModerationPage model={model} />
    case 'refusal':
      return <RefusalPage model={model} />
  }
}
