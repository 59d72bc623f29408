import type { PersonalPageModel, SetUpCheck, SetUpMove, SetUpStep } from '@hamlet/contract/pages'
import type { ComponentChildren } from 'preact'
import { Field, FormFault, TextArea } from '../../ui/form.tsx'
import { Icon } from '../../ui/parts.tsx'

type Model = Extract<PersonalPageModel, { kind: 'set-up' }>

const labels: [SetUpStep, string][] = [
  ['welcome', 'Welcome'],
  ['account', 'Your account'],
  ['look', 'Name and look'],
  ['join', 'Who may join'],
  ['rules', 'Rules'],
  ['village', 'Look around'],
  ['address', 'Address'],
  ['done', 'Done'],
]

/** The stepper stays; the step changes (pictures 11a, 11b). */
export function SetUpPage({ model }: { model: Model }) {
  const steps = labels.filter(([step]) => model.steps.includes(step))
  const current = steps.findIndex(([step]) => step === model.step)
  return (
    <div class="wizard">
      <nav class="wizard-steps" aria-label="Steps">
        <p class="brand">
          <img src="/logo.svg" alt="" width={32} height={32} />
          Hamlet
        </p>
        <ol>
          {steps.map(([step, label], index) => (
            <li key={step} class={stateOf(index, current)} aria-current={index === current ? 'step' : undefined}>
              <span class="step-dot">{index < current ? <Icon name="check" small /> : index + 1}</span>
              {label}
              {index < current && <span class="visually-hidden"> (done)</span>}
            </li>
          ))}
        </ol>
        <p class="wizard-hint">You can close this page. Start the server again for a new link, or sign in to go on.</p>
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
          Back
        </a>
      ) : (
        <span />
      )}
      <button class="button button-primary" type="submit">
        {step === 'account' ? 'Make this server mine' : 'Continue'}
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
      <Head title="Welcome. This is your server">
        Five short steps, and people can live here. First, what we see of this machine.
      </Head>
      <ul class="checks">
        {model.checks.map((check) => (
          <CheckRow key={check.name} check={check} />
        ))}
      </ul>
    </>
  )
}

const stateWords: Record<SetUpCheck['state'], string> = { fine: 'Fine', warn: 'Good to know', bad: 'To fix' }

function CheckRow({ check }: { check: SetUpCheck }) {
  return (
    <li class={`check-row check-${check.state}`}>
      <Icon name={check.state === 'fine' ? 'fine' : check.state === 'warn' ? 'warning' : 'fault'} />
      <div>
        <strong>{check.name}</strong>
        <p>{check.text}</p>
        {check.fix && (
          <p class="check-fix">
            <code>{check.fix}</code>
          </p>
        )}
      </div>
      <span class="meta">{stateWords[check.state]}</span>
    </li>
  )
}

function Account({ model }: { model: Model }) {
  const { site } = model
  return (
    <>
      <Head title="Who are you?">This account owns the server: it can do everything, and nobody can act on it.</Head>
      <Field name="username" label="Name" state={model} autocomplete="username" suffix={`@${site.domain}`} autofocus />
      <Field name="email" label="E-mail" type="email" state={model} autocomplete="email" />
      <Field
        name="password"
        label="Password"
        type="password"
        state={model}
        autocomplete="new-password"
        help="8 characters or more. A few words are easier to remember than signs."
      />
    </>
  )
}

function Look({ model }: { model: Model }) {
  return (
    <>
      <Head title="What is it called?">A name and a sentence. Both can change later.</Head>
      <Field name="title" label="Name" state={model} autofocus />
      <TextArea
        name="description"
        label="In one sentence"
        state={model}
        rows={3}
        help="Who is this place for? Visitors read it first."
      />
    </>
  )
}

const modes: [string, string, string][] = [
  ['approval', 'People ask, you decide', 'Everybody writes a few words, and a moderator reads them.'],
  ['open', 'Everybody', 'Whoever confirms an address is in. Needs moderators who are there every day.'],
  ['closed', 'Nobody for now', 'You make accounts yourself, on the command line.'],
]

function Join({ model }: { model: Model }) {
  return (
    <>
      <Head title="Who may join?">You can change your mind at any time.</Head>
      <fieldset class="choices">
        <legend class="visually-hidden">Who may join</legend>
        {modes.map(([value, name, consequence]) => (
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

function RulesStep({ model }: { model: Model }) {
  return (
    <>
      <Head title="How do you live together?">
        These are proposals: change them, one rule a line. They are shown at sign-up, and reports name them.
      </Head>
      <TextArea name="rules" label="Rules" state={model} rows={9} />
    </>
  )
}

function Village() {
  return (
    <>
      <Head title="Look around?">
        A demo village fills the server with twelve invented residents, their posts and pictures, and a few reports to
        practise on. It stays on this machine, and one press removes all of it.
      </Head>
      <fieldset class="choices">
        <legend class="visually-hidden">Demo village</legend>
        <label class="choice">
          <input type="radio" name="village" value="yes" checked />
          <span>
            <strong>Bring the village</strong>
            See every screen with something on it. Remove it with <code>npx hamlet demo remove</code>.
          </span>
        </label>
        <label class="choice">
          <input type="radio" name="village" value="no" />
          <span>
            <strong>Start empty</strong>
            Just you, and the people you invite.
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
      <Head title="Where is it?">
        It is {domain} now. The name ends every handle here, as in @you@{domain}, and other servers know your people by
        it: once the first of them does, it cannot change any more.
      </Head>
      <Field
        name="host"
        label="Host name"
        state={model}
        required={false}
        autocomplete="off"
        help={`A name of yours that leads to this machine, such as example.org. Leave it empty to stay ${domain} for now.`}
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
        <Head title={`Moving to ${move.domain}`}>
          The server starts again under its new name, which takes a few seconds. It will be at {move.url}. Three things
          are left to you.
        </Head>
        <ol class="next-steps">
          <li>
            Let <code>{new URL(move.url).hostname}</code> lead to this machine: that is an entry in its DNS.
          </li>
          <li>
            Let a proxy take https there and pass it on to <code>{move.listensAt}</code>, with the Host header and
            WebSocket upgrades as they come. <code>HAMLET_TRUSTED_PROXIES</code> names the proxy; docs/operating.md says
            more.
          </li>
          <li>Sign in at the new address. Handles now end in @{move.domain}.</li>
        </ol>
        {move.isShared && (
          <p>
            <strong>Other processes</strong> that share this database still know the old name: start each of them again.
          </p>
        )}
      </div>
      <footer class="wizard-foot">
        <span />
        <a class="button button-primary" href={`${move.url}/sign-in`}>
          Sign in there
        </a>
      </footer>
    </>
  )
}

function Done({ model }: { model: Model }) {
  return (
    <>
      <div class="wizard-body">
        <Head title={`${model.site.title} is open`}>
          Your server is at {model.site.url}. Write the first post, or sign in with any Mastodon app by giving it the
          address {model.site.domain}.
        </Head>
      </div>
      <footer class="wizard-foot">
        <span />
        <a class="button button-primary" href="/home">
          Go home
        </a>
      </footer>
    </>
  )
}
