import type { PersonalPageModel } from '@hamlet/contract/pages'
import { rich, t } from '../../i18n/words.ts'
import { Check, Field, FormFault, TextArea } from '../../ui/form.tsx'
import { Cover, Entrance, RuleList } from './entrance.tsx'

/** Somebody comes by another service for the first time: a name, and the rules. */
export function OpenIdJoinPage({ model }: { model: Extract<PersonalPageModel, { kind: 'openid-join' }> }) {
  const { site } = model
  return (
    <Entrance site={site} aside={<Cover site={site} />} isLong>
      <h1>{t('entrance.create', 'Create an account')}</h1>
      <p class="lead">
        {t('entrance.firstTime', '{service} knows you, and this server does not yet. Choose how you are called here.', {
          service: model.service,
        })}
      </p>
      <form method="post" action="/sign-in/openid/join">
        <FormFault state={model} />
        <Field
          name="username"
          label={t('entrance.nameOn', 'Name on {server}', { server: site.title })}
          state={model}
          autocomplete="username"
          suffix={`@${site.domain}`}
        />
        <Field name="email" label={t('entrance.email', 'E-mail')} type="email" state={model} autocomplete="email" />
        <TextArea
          name="reason"
          label={t('entrance.whyJoin', 'Why would you like to join?')}
          state={model}
          help={t('entrance.moderatorsOnly', 'Only the moderators read this.')}
        />
        <RuleList rules={model.rules} />
        <Check name="agreement" state={model}>
          {rich('entrance.agreement', 'I have read the {rules}, and I will keep them.', {
            rules: <a href="/about#rules">{t('entrance.rules', 'rules')}</a>,
          })}
        </Check>
        <button class="button button-primary button-large" type="submit">
          {t('entrance.createAccount', 'Create account')}
        </button>
      </form>
    </Entrance>
  )
}
