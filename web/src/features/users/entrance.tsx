import type { PersonalPageModel, RuleText, Site } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { Check, Field, FormFault, TextArea } from '../../ui/form.tsx'

type Model<K extends PersonalPageModel['kind']> = Extract<PersonalPageModel, { kind: K }>

/** Half a page of form, half a page of where you are. */
export function Entrance({
  site,
  aside,
  children,
  foot,
}: {
  site: Site
  aside: ComponentChildren
  children: ComponentChildren
  foot?: ComponentChildren
}) {
  return (
    <div class="entrance">
      <main class="entrance-form">
        <a class="brand" href="/">
          <img src="/logo.svg" alt="" width={32} height={32} />
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
  const members = site.memberCount === 1 ? '1 member' : `${site.memberCount.toLocaleString('en')} members`
  return (
    <aside class="entrance-cover" aria-label="About this server">
      <img src="/header.svg" alt="" />
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

export function SignInPage({ model }: { model: Model<'sign-in'> }) {
  const { site } = model
  return (
    <Entrance
      site={site}
      aside={<Cover site={site} />}
      foot={
        site.registrationsOpen ? (
          <>
            New here? <a href="/sign-up">Create an account</a>
          </>
        ) : undefined
      }
    >
      <h1>{model.isAdding ? 'Add an account' : 'Welcome back'}</h1>
      <p class="lead">
        {model.isAdding
          ? 'Sign in with another account of this server. You stay signed in with those you have, and switch between them.'
          : 'Your place is where you left it.'}
      </p>
      <form method="post" action="/sign-in">
        <FormFault state={model} />
        {model.isAdding && <input type="hidden" name="add" value="1" />}
        <input type="hidden" name="next" value={model.next} />
        <Field name="login" label="E-mail or name" state={model} autocomplete="username" autofocus />
        <Field
          name="password"
          label="Password"
          type="password"
          state={model}
          autocomplete="current-password"
          aside={<a href="/password">Forgotten?</a>}
        />
        <button class="button button-primary button-large" type="submit">
          Sign in
        </button>
      </form>
    </Entrance>
  )
}

function Rules({ rules }: { rules: RuleText[] }) {
  return (
    <aside class="entrance-rules" aria-labelledby="rules-title">
      <h2 id="rules-title">How we live together</h2>
      {rules.length === 0 && <p class="lead">Nothing is written down yet. Be kind to people.</p>}
      <RuleList rules={rules} />
    </aside>
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

export function SignUpPage({ model }: { model: Model<'sign-up'> }) {
  const { site, needsApproval } = model
  return (
    <Entrance
      site={site}
      aside={<Rules rules={model.rules} />}
      foot={
        <>
          Have an account? <a href="/sign-in">Sign in</a>
        </>
      }
    >
      <h1>{needsApproval ? 'Ask to join' : 'Create an account'}</h1>
      <p class="lead">
        {needsApproval ? 'A person reads every request.' : 'A name, an address, a password. That is all we need.'}
      </p>
      <form method="post" action="/sign-up">
        <FormFault state={model} />
        <Field
          name="username"
          label={`Name on ${site.title}`}
          state={model}
          autocomplete="username"
          suffix={`@${site.domain}`}
        />
        <Field name="email" label="E-mail" type="email" state={model} autocomplete="email" />
        <Field
          name="password"
          label="Password"
          type="password"
          state={model}
          autocomplete="new-password"
          help="8 characters or more. A few words are easier to remember than signs."
        />
        {needsApproval && (
          <TextArea
            name="reason"
            label="Why would you like to join?"
            state={model}
            help="Only the moderators read this."
          />
        )}
        <Check name="agreement" state={model}>
          I have read the <a href="/about#rules">rules</a>, and I will keep them.
        </Check>
        <button class="button button-primary button-large" type="submit">
          {needsApproval ? 'Send request' : 'Create account'}
        </button>
      </form>
    </Entrance>
  )
}

export function PasswordAskPage({ model }: { model: Model<'password-ask'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>A new password</h1>
      <p class="lead">Tell us your address, and we send a link that lets you choose one.</p>
      <form method="post" action="/password">
        <Field name="email" label="E-mail" type="email" state={model} autocomplete="email" />
        <button class="button button-primary button-large" type="submit">
          Send the link
        </button>
      </form>
    </Entrance>
  )
}

export function PasswordNewPage({ model }: { model: Model<'password-new'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>Choose a new password</h1>
      <p class="lead">Everything that is signed in with the old one will be signed out.</p>
      <form method="post" action="/password/new">
        <FormFault state={model} />
        <input type="hidden" name="key" value={model.key} />
        <Field name="password" label="New password" type="password" state={model} autocomplete="new-password" />
        <button class="button button-primary button-large" type="submit">
          Keep it
        </button>
      </form>
    </Entrance>
  )
}

export function ConfirmPage({ model }: { model: Model<'confirm'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>Is this you?</h1>
      <p class="lead">One press, and your address is confirmed.</p>
      <form method="post" action="/confirm">
        <input type="hidden" name="key" value={model.key} />
        <button class="button button-primary button-large" type="submit">
          Yes, confirm my address
        </button>
      </form>
    </Entrance>
  )
}

export function NoticePage({ model }: { model: Model<'notice'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{model.title}</h1>
      <p class="lead">{model.text}</p>
      {model.action && (
        <a class="button button-primary button-large" href={model.action.href}>
          {model.action.label}
        </a>
      )}
    </Entrance>
  )
}

export function ConsentPage({ model }: { model: Model<'consent'> }) {
  const { application, account } = model
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>
        Let <bdi>{application.name}</bdi> in?
      </h1>
      <div class="consent-who">
        <img class="avatar" src={account.avatar} alt="" width={44} height={44} />
        <p>
          <strong>
            <bdi>{account.displayName}</bdi>
          </strong>
          <span class="meta">@{account.acct}</span>
        </p>
      </div>
      <p class="lead">It asks to do this in your name:</p>
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
            Let it in
          </button>
          <button class="button button-outline button-large" type="submit" name="answer" value="deny">
            No
          </button>
        </div>
      </form>
      <p class="field-help">
        {model.leadsTo ? `Either way you are led to ${model.leadsTo}.` : 'You get a code to type into the app.'} You can
        end this at any time by choosing a new password.
      </p>
    </Entrance>
  )
}

const WORDS: Record<string, string> = {
  profile: 'See who you are',
  read: 'Read everything you can read',
  write: 'Post, follow and change things for you',
  follow: 'Follow, mute and block people',
  push: 'Send you notifications',
  'admin:read': 'Read what the team of this server can read',
  'admin:write': 'Moderate this server in your name',
}

function explainScope(scope: string): string {
  const known = WORDS[scope]
  if (known) return known
  const [verb, part] = [scope.slice(0, scope.lastIndexOf(':')), scope.slice(scope.lastIndexOf(':') + 1)]
  const things = part.replaceAll('_', ' ')
  const verbs: Record<string, string> = {
    read: 'See your',
    write: 'Change your',
    'admin:read': 'As the team, see',
    'admin:write': 'As the team, change',
  }
  return `${verbs[verb] ?? scope} ${things}`
}

const DECISIONS: Record<string, string> = {
  warn: 'You were warned.',
  delete: 'Posts of yours were removed.',
  limit: 'Your account was limited.',
  suspend: 'Your account was suspended.',
}

export function AppealPage({ model }: { model: Model<'appeal'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>Tell us what we got wrong</h1>
      <p class="lead">
        {DECISIONS[model.action] ?? ''} {model.words}
      </p>
      <form method="post" action="/appeal">
        <FormFault state={model} />
        <input type="hidden" name="key" value={model.key} />
        <TextArea
          name="text"
          label="Why should the decision be taken back?"
          state={model}
          rows={6}
          help="Only the moderators read this. You can appeal once."
        />
        <button class="button button-primary button-large" type="submit">
          Send the appeal
        </button>
      </form>
    </Entrance>
  )
}

export function CodePage({ model }: { model: Model<'code'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>Your code</h1>
      <p class="lead">Copy it into the app. It works for ten minutes, once.</p>
      <p class="code-box">
        <code>{model.code}</code>
      </p>
    </Entrance>
  )
}
