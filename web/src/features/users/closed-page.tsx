import type { PersonalPageModel } from '@hamlet/contract/pages'
import { rich, t } from '../../i18n/words.ts'
import { Field, FormFault } from '../../ui/form.tsx'
import { Cover, Entrance } from './entrance.tsx'

type Model = Extract<PersonalPageModel, { kind: 'closed' }>

const titles: Record<Model['state'], () => string> = {
  suspended: () => t('closed.suspended', 'Your account is suspended'),
  frozen: () => t('closed.frozen', 'Your account is frozen'),
  unconfirmed: () => t('closed.unconfirmed', 'Your address is not confirmed yet'),
  waiting: () => t('closed.waiting', 'Your account waits to be let in'),
}

const texts: Record<Model['state'], () => string> = {
  suspended: () =>
    t(
      'closed.suspendedText',
      'Nobody sees it, and you cannot use it. What is in it is kept for thirty days, so that you can say what is wrong about the decision, and take your things.',
    ),
  frozen: () =>
    t(
      'closed.frozenText',
      'Your posts stay where they are, and you cannot use the account until the moderators let you.',
    ),
  unconfirmed: () =>
    t(
      'closed.unconfirmedText',
      'Follow the link in the mail that we sent you. If it does not come, have it sent again.',
    ),
  waiting: () =>
    t(
      'closed.waitingText',
      'A person reads every request to join. You get a mail when yours was read; there is nothing that you have to do.',
    ),
}

/** For whoever is signed in while their account does not work: why, and what is still theirs to do. Needs no script. */
export function ClosedPage({ model }: { model: Model }) {
  const { site, state, acct, reason } = model
  const isShut = state === 'suspended' || state === 'frozen'
  return (
    <Entrance site={site} aside={<Cover site={site} />}>
      <h1>{titles[state]()}</h1>
      <p class="lead">{texts[state]()}</p>
      {reason !== '' && (
        <>
          <p>{t('closed.reason', 'What the moderators wrote:')}</p>
          <blockquote class="closed-reason" dir="auto">
            {reason}
          </blockquote>
        </>
      )}
      {isShut && <Appeal appeal={model.appeal} />}
      {state === 'unconfirmed' && <SendAgain model={model} />}
      <h2>{t('closed.still', 'What you can do here')}</h2>
      <ul class="closed-ways">
        {ways(state).map(([href, words]) => (
          <li key={href}>
            <a href={href}>{words}</a>
          </li>
        ))}
      </ul>
      <form method="post" action="/sign-out">
        <p class="meta">{rich('closed.signedIn', 'You are signed in as {who}.', { who: <bdi>@{acct}</bdi> })}</p>
        <button class="button button-outline" type="submit">
          {t('closed.signOut', 'Sign out')}
        </button>
      </form>
    </Entrance>
  )
}

function Appeal({ appeal }: { appeal: Model['appeal'] }) {
  if (appeal === 'sent')
    return <p>{t('closed.appealed', 'You appealed. The moderators will answer by mail, and under your standing.')}</p>
  if (appeal === 'none') return null
  return (
    <a class="button button-primary button-large" href="/settings/standing">
      {t('closed.appeal', 'Appeal the decision')}
    </a>
  )
}

function SendAgain({ model }: { model: Model }) {
  const values = { email: model.email, ...model.values }
  return (
    <form method="post" action="/access/confirmation">
      <FormFault state={model} />
      <Field
        name="email"
        label={t('entrance.email', 'E-mail')}
        type="email"
        state={{ ...model, values }}
        autocomplete="email"
      />
      <button class="button button-primary button-large" type="submit">
        {t('entrance.sendLink', 'Send the link')}
      </button>
    </form>
  )
}

/** What is still theirs, and in which states. */
function ways(state: Model['state']): [string, string][] {
  const isShut = state === 'suspended' || state === 'frozen'
  const all: [path: string, words: string, isTheirs: boolean][] = [
    ['/settings/standing', t('closed.standing', 'Read what the moderators decided'), isShut],
    ['/settings/data', t('closed.data', 'Take your data along'), true],
    [
      '/settings/account',
      t('closed.account', 'Change the address and the password, and see where you are signed in'),
      true,
    ],
    ['/settings/security', t('closed.security', 'Change passkeys and the second factor'), true],
    ['/settings/moving', t('closed.moving', 'Move to another server'), state === 'frozen'],
    ['/settings/deletion', t('closed.deletion', 'Delete the account'), true],
  ]
  return all.filter(([, , isTheirs]) => isTheirs).map(([path, words]) => [path, words])
}
