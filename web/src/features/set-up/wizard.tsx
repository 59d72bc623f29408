import type { PersonalPageModel, SetUpCheck, SetUpMove, SetUpStep } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { rich, t } from '../../i18n/words.ts'
import { Field, FormFault, TextArea } from '../../ui/form.tsx'
import { Icon } from '../../ui/parts.tsx'
import { aboutOf, findingOf } from './findings.ts'

type Model = Extract<PersonalPageModel, { kind: 'set-up' }>

const labels: [SetUpStep, () => string][] = [
  ['welcome', () => t('set-up.stepWelcome', 'Welcome')],
  ['account', () => t('set-up.stepAccount', 'Your account')],
  ['look', () => t('set-up.stepLook', 'Name and look')],
  ['join', () => t('set-up.stepJoin', 'Who may join')],
  ['rules', () => t('set-up.rules', 'Rules')],
  ['village', () => t('set-up.stepVillage', 'Look around')],
  ['address', () => t('set-up.address', 'Address')],
  ['done', () => t('set-up.stepDone', 'Done')],
]

/** The stepper stays; the step changes (pictures 11a, 11b). */
export function SetUpPage({ model }: { model: Model }) {
  const steps = labels.filter(([step]) => model.steps.includes(step))
  const current = steps.findIndex(([step]) => step === model.step)
  return (
    <div class="wizard">
      <nav class="wizard-steps" aria-label={t('set-up.steps', 'Steps')}>
        <p class="brand">
          <img src="/logo.svg" alt="" width={32} height={32} />
          Hamlet
        </p>
        <ol>
          {steps.map(([step, label], index) => (
            <li key={step} class={stateOf(index, current)} aria-current={index === current ? 'step' : undefined}>
              <span class="step-dot">{index < current ? <Icon name="check" small /> : index + 1}</span>
              {label()}
              {index < current && <span class="visually-hidden"> {t('set-up.stepPast', '(done)')}</span>}
            </li>
          ))}
        </ol>
        <p class="wizard-hint">
          {t('set-up.hint', 'You can close this page. Start the server again for a new link, or sign in to go on.')}
        </p>
      </nav>
      <main class="wizard-page">
        {model.step === 'done' ? (
          <End model={model} />
        ) : (
          <form method="post" action="/set-up" id="set-up">
            <input type="hidden" name="step" value={model.step} />
            {model.values.key && <input type="hidden" name="key" value={model.values.key} />}
            <div class="wizard-body">
              <FormFault state={model} />
              <Step model={model} />
            </div>
            <Foot model={model} />
          </form>
        )}
      </main>
    </div>
  )
}

function stateOf(index: number, current: number): string {
  if (index === current) return 'step step-now'
  return index < current ? 'step step-done' : 'step'
}

function Foot({ model: { step, steps } }: { model: Model }) {
  const index = steps.indexOf(step)
  const back = index > 2 ? steps[index - 1] : undefined
  return (
    <footer class="wizard-foot">
      {back ? (
        <a class="button button-quiet" href={`/set-up?step=${back}`}>
          {t('set-up.back', 'Back')}
        </a>
      ) : (
        <span />
      )}
      <button class="button button-primary" type="submit">
        {step === 'account' ? t('set-up.makeMine', 'Make this server mine') : t('set-up.continue', 'Continue')}
      </button>
    </footer>
  )
}

function Step({ model }: { model: Model }) {
  switch (model.step) {
    case 'welcome':
      return <Welcome model={model} />
    case 'account':
      return <Account model={model} />
    case 'look':
      return <Look model={model} />
    case 'join':
      return <Join model={model} />
    case 'rules':
      return <RulesStep model={model} />
    case 'address':
      return <Address model={model} />
    default:
      return <Village />
  }
}

function Head({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <>
      <h1>{title}</h1>
      <p class="lead">{children}</p>
    </>
  )
}

function Welcome({ model }: { model: Model }) {
  return (
    <>
      <Head title={t('set-up.welcome', 'Welcome. This is your server')}>
        {t('set-up.welcomeText', 'Five short steps, and people can live here. First, what we see of this machine.')}
      </Head>
      <ul class="checks">
        {model.checks.map((check) => (
          <CheckRow key={check.about} check={check} />
        ))}
      </ul>
    </>
  )
}

const stateWords: Record<SetUpCheck['state'], () => string> = {
  fine: () => t('set-up.fine', 'Fine'),
  warn: () => t('set-up.goodToKnow', 'Good to know'),
  bad: () => t('set-up.toFix', 'To fix'),
}

function CheckRow({ check }: { check: SetUpCheck }) {
  return (
    <li class={`check-row check-${check.state}`}>
      <Icon name={check.state === 'fine' ? 'fine' : check.state === 'warn' ? 'warning' : 'fault'} />
      <div>
        <strong>{aboutOf(check)}</strong>
        <p>{findingOf(check)}</p>
        {check.fix && (
          <p class="check-fix">
            <code>{check.fix}</code>
          </p>
        )}
      </div>
      <span class="meta">{stateWords[check.state]()}</span>
    </li>
  )
}

function Account({ model }: { model: Model }) {
  const { site } = model
  return (
    <>
      <Head title={t('set-up.who', 'Who are you?')}>
        {t('set-up.whoText', 'This account owns the server: it can do everything, and nobody can act on it.')}
      </Head>
      <Field
        name="username"
        label={t('set-up.name', 'Name')}
        state={model}
        autocomplete="username"
        suffix={`@${site.domain}`}
        autofocus
      />
      <Field name="email" label={t('entrance.email', 'E-mail')} type="email" state={model} autocomplete="email" />
      <Field
        name="password"
        label={t('entrance.password', 'Password')}
        type="password"
        state={model}
        autocomplete="new-password"
        help={t('entrance.passwordHelp', '8 characters or more. A few words are easier to remember than signs.')}
      />
    </>
  )
}

function Look({ model }: { model: Model }) {
  return (
    <>
      <Head title={t('set-up.called', 'What is it called?')}>
        {t('set-up.calledText', 'A name and a sentence. Both can change later.')}
      </Head>
      <Field name="title" label={t('set-up.name', 'Name')} state={model} autofocus />
      <TextArea
        name="description"
        label={t('set-up.sentence', 'In one sentence')}
        state={model}
        rows={3}
        help={t('set-up.sentenceHelp', 'Who is this place for? Visitors read it first.')}
      />
    </>
  )
}

const listModes = (): [string, string, string][] => [
  [
    'approval',
    t('set-up.approval', 'People ask, you decide'),
    t('set-up.approvalText', 'Everybody writes a few words, and a moderator reads them.'),
  ],
  [
    'open',
    t('set-up.open', 'Everybody'),
    t('set-up.openText', 'Whoever confirms an address is in. Needs moderators who are there every day.'),
  ],
  [
    'closed',
    t('set-up.closed', 'Nobody for now'),
    t('set-up.closedText', 'You make accounts yourself, on the command line.'),
  ],
]

function Join({ model }: { model: Model }) {
  return (
    <>
      <Head title={t('set-up.join', 'Who may join?')}>
        {t('set-up.joinText', 'You can change your mind at any time.')}
      </Head>
      <fieldset class="choices">
        <legend class="visually-hidden">{t('set-up.stepJoin', 'Who may join')}</legend>
        {listModes().map(([value, name, consequence]) => (
          <label class="choice" key={value}>
            <input type="radio" name="registrations" value={value} checked={model.values.registrations === value} />
            <span>
              <strong>{name}</strong>
              {consequence}
            </span>
          </label>
        ))}
      </fieldset>
    </>
  )
}

/** Offered where there are none yet, never imposed: the owner edits them before they are rules. */
const proposeRules = () =>
  [
    t('set-up.ruleKind', 'Be a good neighbour. Disagree with ideas, leave people their dignity.'),
    t('set-up.ruleHate', 'No hate, no harassment, no threats.'),
    t('set-up.rulePictures', 'Describe your pictures. Some of us read with our ears.'),
    t('set-up.ruleWarnings', 'Use a warning for what is hard to look at.'),
    t('set-up.ruleSpam', 'No advertising, no spam.'),
  ].join('\n')

function RulesStep({ model }: { model: Model }) {
  const values = { ...model.values, rules: model.values.rules ?? proposeRules() }
  return (
    <>
      <Head title={t('set-up.together', 'How do you live together?')}>
        {t(
          'set-up.togetherText',
          'These are proposals: change them, one rule a line. They are shown at sign-up, and reports name them.',
        )}
      </Head>
      <TextArea name="rules" label={t('set-up.rules', 'Rules')} state={{ ...model, values }} rows={9} />
    </>
  )
}

function Village() {
  return (
    <>
      <Head title={t('set-up.village', 'Look around?')}>
        {t(
          'set-up.villageText',
          'A demo village fills the server with twelve invented residents, their posts and pictures, and a few reports to practise on. It stays on this machine, and one press removes all of it.',
        )}
      </Head>
      <fieldset class="choices">
        <legend class="visually-hidden">{t('set-up.villageLegend', 'Demo village')}</legend>
        <label class="choice">
          <input type="radio" name="village" value="yes" checked />
          <span>
            <strong>{t('set-up.bring', 'Bring the village')}</strong>
            {rich('set-up.bringText', 'See every screen with something on it. Remove it with {command}.', {
              command: <code>npx hamlet demo remove</code>,
            })}
          </span>
        </label>
        <label class="choice">
          <input type="radio" name="village" value="no" />
          <span>
            <strong>{t('set-up.empty', 'Start empty')}</strong>
            {t('set-up.emptyText', 'Just you, and the people you invite.')}
          </span>
        </label>
      </fieldset>
    </>
  )
}

function Address({ model }: { model: Model }) {
  const { domain } = model.site
  return (
    <>
      <Head title={t('set-up.where', 'Where is it?')}>
        {t(
          'set-up.whereText',
          'It is {domain} now. The name ends every handle here, as in @you@{domain}, and other servers know your people by it: once the first of them does, it cannot change any more.',
          { domain },
        )}
      </Head>
      <Field
        name="host"
        label={t('set-up.host', 'Host name')}
        state={model}
        required={false}
        autocomplete="off"
        help={t(
          'set-up.hostHelp',
          'A name of yours that leads to this machine, such as example.org. Leave it empty to stay {domain} for now.',
          { domain },
        )}
      />
    </>
  )
}

function End({ model }: { model: Model }) {
  return model.move ? <Moving move={model.move} /> : <Done model={model} />
}

/** The last page of the old address: the server is on its way while it is read. */
function Moving({ move }: { move: SetUpMove }) {
  return (
    <>
      <div class="wizard-body">
        <Head title={t('set-up.moving', 'Moving to {domain}', { domain: move.domain })}>
          {t(
            'set-up.movingText',
            'The server starts again under its new name, which takes a few seconds. It will be at {url}. Three things are left to you.',
            { url: move.url },
          )}
        </Head>
        <ol class="next-steps">
          <li>
            {rich('set-up.moveDns', 'Let {host} lead to this machine: that is an entry in its DNS.', {
              host: <code>{new URL(move.url).hostname}</code>,
            })}
          </li>
          <li>
            {rich(
              'set-up.moveProxy',
              'Let a proxy take https there and pass it on to {address}, with the Host header and WebSocket upgrades as they come. {variable} names the proxy; docs/operating.md says more.',
              { address: <code>{move.listensAt}</code>, variable: <code>HAMLET_TRUSTED_PROXIES</code> },
            )}
          </li>
          <li>
            {t('set-up.moveSignIn', 'Sign in at the new address. Handles now end in @{domain}.', {
              domain: move.domain,
            })}
          </li>
        </ol>
        {move.isShared && (
          <p>
            {t(
              'set-up.moveOthers',
              'Other processes that share this database still know the old name: start each of them again.',
            )}
          </p>
        )}
      </div>
      <footer class="wizard-foot">
        <span />
        <a class="button button-primary" href={`${move.url}/sign-in`}>
          {t('set-up.signInThere', 'Sign in there')}
        </a>
      </footer>
    </>
  )
}

function Done({ model }: { model: Model }) {
  return (
    <>
      <div class="wizard-body">
        <Head title={t('set-up.isOpen', '{name} is open', { name: model.site.title })}>
          {t(
            'set-up.isOpenText',
            'Your server is at {url}. Write the first post, or sign in with any Mastodon app by giving it the address {domain}.',
            { url: model.site.url, domain: model.site.domain },
          )}
        </Head>
      </div>
      <footer class="wizard-foot">
        <span />
        <a class="button button-primary" href="/home">
          {t('set-up.goHome', 'Go home')}
        </a>
      </footer>
    </>
  )
}
