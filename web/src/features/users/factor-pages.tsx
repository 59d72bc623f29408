import type { PersonalPageModel, SignInWay } from '@hamlet/contract/pages'
import { t } from '../../i18n/words.ts'
import { Field, FormFault } from '../../ui/form.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { PasskeyButton } from '../../ui/passkey-button.tsx'
import { Cover, Entrance } from './entrance.tsx'

type Model<K extends PersonalPageModel['kind']> = Extract<PersonalPageModel, { kind: K }>

/** What every form of signing in carries along. */
function Carried({ model }: { model: SignInWay & { key: string } }) {
  return (
    <>
      <input type="hidden" name="key" value={model.key} />
      <input type="hidden" name="next" value={model.next} />
      {model.isAdding && <input type="hidden" name="add" value="1" />}
    </>
  )
}

/** The second of two factors. Without a script a code is typed; a recovery code goes into the same field. */
export function SecondFactorPage({ model }: { model: Model<'second-factor'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.secondTitle', 'One more step')}</h1>
      <p class="lead">
        {model.hasTotp
          ? t('entrance.secondApp', 'Type the code that your app shows now, or one of your recovery codes.')
          : t('entrance.secondRecovery', 'Use your passkey, or type one of your recovery codes.')}
      </p>
      <form method="post" action="/sign-in/second" data-passkey="person">
        <FormFault state={model} />
        <Carried model={model} />
        {model.passkey !== null && (
          <>
            <input type="hidden" name="question" value={model.passkey} />
            <PasskeyButton or={t('entrance.orCode', 'or with a code')} />
          </>
        )}
        <Field
          name="code"
          label={model.hasTotp ? t('entrance.factorCode', 'Code') : t('entrance.recoveryCode', 'Recovery code')}
          state={model}
          autocomplete="one-time-code"
          autofocus
        />
        <button class="button button-primary button-large" type="submit">
          {t('public.signIn', 'Sign in')}
        </button>
      </form>
    </Entrance>
  )
}

/** Whoever's role asks for a second factor sets it up before anything else. */
export function FactorSetUpPage({ model }: { model: Model<'factor-set-up'> }) {
  const { offer } = model
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.setUpTitle', 'Set up a second factor')}</h1>
      <p class="lead">
        {t(
          'entrance.setUpLead',
          'Your role on this server asks for one. Scan this with an app for codes on your phone, then type the code that it shows.',
        )}
      </p>
      <QrCode qr={offer.qr} />
      <p class="field-help">{t('entrance.typeSecret', 'If you cannot scan it, type this into the app:')}</p>
      <p class="code-box">
        <code>{offer.secret}</code>
      </p>
      <form method="post" action="/sign-in/set-up">
        <FormFault state={model} />
        <Carried model={model} />
        <Field name="code" label={t('entrance.factorCode', 'Code')} state={model} autocomplete="one-time-code" />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.setUpGoOn', 'Go on')}
        </button>
      </form>
    </Entrance>
  )
}

/** Shown once: they open the account when the phone is lost. */
export function FactorCodesPage({ model }: { model: Model<'factor-codes'> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.codesTitle', 'Keep these codes')}</h1>
      <p class="lead">
        {t(
          'entrance.codesLead',
          'Each of them opens your account once when your phone is lost. Print them, or write them down; they are not shown again.',
        )}
      </p>
      <ul class="recovery-codes">
        {model.codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <form method="post" action="/sign-in/set-up">
        <Carried model={model} />
        <button class="button button-primary button-large" type="submit" name="kept" value="1">
          {t('entrance.codesKept', 'I have them')}
        </button>
      </form>
    </Entrance>
  )
}
