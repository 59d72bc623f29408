import type { PersonalPageModel } from '@hamlet/contract/pages'
import { t } from '../../i18n/words.ts'
import { Field, FormFault } from '../../ui/form.tsx'
import { Cover, Entrance } from './entrance.tsx'

/** For whoever waits for a link that does not come: once more, or to another address. */
export function ConfirmAgainPage({ model }: { model: Extract<PersonalPageModel, { kind: 'confirm-again' }> }) {
  return (
    <Entrance site={model.site} aside={<Cover site={model.site} />}>
      <h1>{t('entrance.noMail', 'No mail came?')}</h1>
      <p class="lead">
        {t(
          'entrance.noMailText',
          'Look among what your provider takes for spam. Otherwise we send the link once more.',
        )}
      </p>
      <form method="post" action="/confirm/again">
        <FormFault state={model} />
        <Field
          name="login"
          label={t('entrance.login', 'E-mail or name')}
          state={model}
          autocomplete="username"
          help={t('entrance.asSignedUp', 'As you signed up.')}
        />
        <Field
          name="password"
          label={t('entrance.password', 'Password')}
          type="password"
          state={model}
          autocomplete="current-password"
        />
        <Field
          name="email"
          label={t('entrance.otherEmail', 'Another e-mail address')}
          type="email"
          state={model}
          autocomplete="email"
          required={false}
          help={t('entrance.otherEmailHelp', 'Only if the one you gave was wrong.')}
        />
        <button class="button button-primary button-large" type="submit">
          {t('entrance.sendLink', 'Send the link')}
        </button>
      </form>
    </Entrance>
  )
}
