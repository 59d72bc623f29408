import type { PersonalPageModel, RuleText, Site } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { rich, t } from '../../i18n/words.ts'
import { Field, FormFault, TextArea } from '../../ui/form.tsx'
import { PasskeyButton } from '../../ui/passkey-button.tsx'
import { noticeOf } from './notices.ts'
import { explainScope } from './scopes.ts'
import { teamLetterName } from './team-letter-names.ts'

type Model<K extends PersonalPageModel['kind']> = Extract<PersonalPageModel, { kind: K }>

/**
 * Half a page of form, half a page of where you are. On a phone a cover stands above the form, and has its room before it
 * is there.
 */
export function Entrance({
  site,
  aside,
  children,
  foot,
  isLong = false,
}: {
  site: Site
  aside: ComponentChildren
  /** A form that begins at the top, beside its rules, instead of in the middle; a phone shows no cover above it. */
  isLong?: boolean
  children: ComponentChildren
  foot?: ComponentChildren
}) {
  return (
    <div class={isLong ? 'entrance entrance-long' : 'entrance'}>
      <main class="entrance-form">
        <a class="brand" href="/">
          <img src={site.icon ?? '/logo.svg'} alt="" width={32} height={32} />
          <span dir="auto">{site.title}</span>
        </a>
        <div class="entrance-body">{children}</div>
        {foot && <p class="entrance-foot">{foot}</p>}
      </main>
      {aside}
    </div>
  )
}

export function Cover({ site }: { site: Site }) {
  const members = t('entrance.members', '{n, plural, one {# member} other {# members}}', { n: site.memberCount })
  return (
    <aside class="entrance-cover" aria-label={t('public.aboutServer', 'About this server')}>
      <img src={site.cover?.url ?? '/header.svg'} alt={site.cover?.description ?? ''} />
      <div>
        <p class="cover-title" dir="auto">
          {site.description || site.title}
        </p>
        <p>
          {members} · {site.domain}
        </p>
      </div>
    </aside>
  )
}

/** The other service that people sign in with. */
function ServiceDoor({ model, service }: { model: Model<'sign-in'>; service: string }) {
  const query = new URLSearchParams({ next: model.next, ...(model.isAdding ? { add: '1' } : {}) })
  return (
    <p class="service-door">
      <a class="button button-outline button-large" href={`/sign-in/openid?${query.toString()}`} rel="nofollow">
        {t('entrance.withService', 'Continue with {service}', { service })}
      </a>
    </p>
  )
}

function PasswordDoor({ model }: { model: Model<'sign-in'> }) {
  return (
    <form method="post" action="/sign-in">
      <FormFault state={model} />
      {model.isAdding && <input type="hidden" name="add" value="1" />}
      <input type="hidden" name="next" value={model.next} />
      <Field
        name="login"
        label={t('entrance.login', 'E-mail or name')}
        state={model}
        autocomplete="username webauthn"
        autofocus
      />
      <Field
        name="password"
        label={t('entrance.password', 'Password')}
        type="password"
        state={model}
        autocomplete="current-password"
        aside={<a href="/password">{t('entrance.forgotten', 'Forgotten?')}</a>}
      />
      <button class="button button-outline button-large" type="submit">
        {t('public.signIn', 'Sign in')}
      </button>
    </form>
  )
}

export function SignInPage({ model }: { model: Model<'sign-in'> }) {
  const { site } = model
  return (
    <Entrance
      site={site}
      aside={<Cover site={site} />}
      foot={
        site.registrationsOpen
          ? rich('entrance.newHere', 'New here? {link}', {
              link: <a href="/sign-up">{t('entrance.create', 'Create an account')}</a>,
            })
          : undefined
      }
    >
      <h1>{model.isAdding ? t('entrance.addAccount', 'Add an account') : t('entrance.welcomeBack', 'Welcome back')}</h1>
      <p class="lead">
        {model.isAdding
          ? t(
              'entrance.addLead',
              'Sign in with another account of this server. You stay signed in with those you have, and switch between them.',
            )
          : t('entrance.placeKept', 'Your place is where you left it.')}
      </p>
      <form method="post" action="/sign-in/passkey" data-passkey="anybody">
        {model.isAdding && <input type="hidden" name="add" value="1" />}
        <input type="hidden" name="next" value={model.next} />
        <PasskeyButton
          or={
            model.service === null
              ? t('entrance.orPassword', 'or with a password')
              : t('entrance.orOtherwise', 'or another way')
          }
        />
      </form>
      {model.service !== null && <ServiceDoor model={model} service={model.service} />}
      {!model.isServiceOnly && <PasswordDoor model={model} />}
      {model.isServiceOnly && <FormFault state={model} />}
    </Entrance>
  )
}

export function RuleList({ rules }: { rules: RuleText[] }) {
  return (
    <ol class="rules">
      {rules.map((rule) => (
        <li key={rule.id}>
          <strong dir="auto">{rule.text}</strong>
          {rule.hint && <span dir="auto">{rule.hint}</span>}
        </li>
      ))}
    </ol>
  )
}

export function PasswordAskPage({ model }: { model: Model<'password-ask'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.newPassword', 'A new password')}</h1>
      <p class="lead">
        {t('entrance.tellAddress', 'Tell us your address, and we send a link that lets you choose one.')}
      </p>
      <form method="post" action="/password">
        <Field name="email" label={t('entrance.email', 'E-mail')} type="email" state={model} autocomplete="email" />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.sendLink', 'Send the link')}
        </button>
      </form>
    </Entrance>
  )
}

export function PasswordNewPage({ model }: { model: Model<'password-new'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.chooseNew', 'Choose a new password')}</h1>
      <p class="lead">{t('entrance.signsOut', 'Everything that is signed in with the old one will be signed out.')}</p>
      <form method="post" action="/password/new">
        <FormFault state={model} />
        <input type="hidden" name="key" value={model.key} />
        <Field
          name="password"
          label={t('entrance.newPasswordLabel', 'New password')}
          type="password"
          state={model}
          autocomplete="new-password"
        />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.keepIt', 'Keep it')}
        </button>
      </form>
    </Entrance>
  )
}

export function ConfirmPage({ model }: { model: Model<'confirm'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.isThisYou', 'Is this you?')}</h1>
      <p class="lead">{t('entrance.onePress', 'One press, and your address is confirmed.')}</p>
      <form method="post" action="/confirm">
        <input type="hidden" name="key" value={model.key} />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.confirm', 'Yes, confirm my address')}
        </button>
      </form>
    </Entrance>
  )
}

/** Before an address is put back: programs that look at mail follow links, too. */
export function EmailUndoPage({ model }: { model: Model<'email-undo'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.undoEmail', 'Put your address back?')}</h1>
      <p class="lead">
        {t(
          'entrance.undoEmailText',
          'The address that this link came to counts again. Everything is signed out, and you choose a new password.',
        )}
      </p>
      <form method="post" action="/email/undo">
        <input type="hidden" name="key" value={model.key} />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.undoEmailButton', 'Put it back')}
        </button>
      </form>
    </Entrance>
  )
}

/** Before a kind of letter ends: programs that look at mail follow links, too. */
export function UnsubscribePage({ model }: { model: Model<'unsubscribe'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.unsubscribe', 'No more of these letters?')}</h1>
      <p class="lead">
        {t('entrance.unsubscribeText', 'You get letters about this, once an hour at most: {what}.', {
          what: teamLetterName(model.letter),
        })}
      </p>
      <form method="post" action="/unsubscribe">
        <input type="hidden" name="key" value={model.key} />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.unsubscribeButton', 'Send no more of them')}
        </button>
      </form>
    </Entrance>
  )
}

export function NoticePage({ model }: { model: Model<'notice'> }) {
  const { title, text, action } = noticeOf(model.notice, model.values)
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      {action && (
        <a class="button button-primary button-large" href={action.href}>
          {action.label}
        </a>
      )}
    </Entrance>
  )
}

export function ConsentPage({ model }: { model: Model<'consent'> }) {
  const { application, account } = model
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{rich('entrance.letIn', 'Let {app} in?', { app: <bdi>{application.name}</bdi> })}</h1>
      <div class="consent-who">
        <img class="avatar" src={account.avatar} alt="" width={44} height={44} />
        <p>
          <strong>
            <bdi>{account.displayName}</bdi>
          </strong>
          <span class="meta" dir="ltr">
            @{account.acct}
          </span>
        </p>
      </div>
      <p class="lead">{t('entrance.itAsks', 'It asks to do this in your name:')}</p>
      <ul class="permissions">
        {model.permissions.map((scope) => (
          <li key={scope}>
            {explainScope(scope)} <code>{scope}</code>
          </li>
        ))}
      </ul>
      <form method="post" action="/oauth/authorize">
        {Object.entries(model.request).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="answers">
          <button class="button button-primary button-large" type="submit" name="answer" value="allow">
            {t('entrance.allow', 'Let it in')}
          </button>
          <button class="button button-outline button-large" type="submit" name="answer" value="deny">
            {t('entrance.deny', 'No')}
          </button>
        </div>
      </form>
      <p class="field-help">
        {model.leadsTo
          ? t('entrance.ledTo', 'Either way you are led to {address}.', { address: model.leadsTo })
          : t('entrance.getCode', 'You get a code to type into the app.')}{' '}
        {t('entrance.endThis', 'You can end this at any time by choosing a new password.')}
      </p>
    </Entrance>
  )
}

const decisions: Record<string, () => string> = {
  warn: () => t('entrance.warned', 'You were warned.'),
  delete: () => t('entrance.removed', 'Posts of yours were removed.'),
  limit: () => t('entrance.limited', 'Your account was limited.'),
  suspend: () => t('entrance.suspended', 'Your account was suspended.'),
}

export function AppealPage({ model }: { model: Model<'appeal'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.whatWrong', 'Tell us what we got wrong')}</h1>
      <p class="lead">
        {decisions[model.action]?.()} <span dir="auto">{model.words}</span>
      </p>
      <form method="post" action="/appeal">
        <FormFault state={model} />
        <input type="hidden" name="key" value={model.key} />
        <TextArea
          name="text"
          label={t('entrance.whyTakeBack', 'Why should the decision be taken back?')}
          state={model}
          rows={6}
          help={t('entrance.appealHelp', 'Only the moderators read this. You can appeal once.')}
        />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.sendAppeal', 'Send the appeal')}
        </button>
      </form>
    </Entrance>
  )
}

export function CodePage({ model }: { model: Model<'code'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.code', 'Your code')}</h1>
      <p class="lead">{t('entrance.copyCode', 'Copy it into the app. It works for ten minutes, once.')}</p>
      <p class="code-box">
        <code>{model.code}</code>
      </p>
    </Entrance>
  )
}
