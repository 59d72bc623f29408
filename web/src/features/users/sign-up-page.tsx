import type { PersonalPageModel, RuleText } from '@hamlet/contract/pages'
import { rich, t } from '../../i18n/words.ts'
import { Check, Field, FormFault, TextArea } from '../../ui/form.tsx'
import { Icon } from '../../ui/parts.tsx'
import { Entrance, RuleList } from './entrance.tsx'

type Model = Extract<PersonalPageModel, { kind: 'sign-up' }>

function Rules({ rules }: { rules: RuleText[] }) {
  return (
    <aside class="entrance-rules" aria-labelledby="rules-title">
      <h2 id="rules-title">{t('public.howWeLive', 'How we live together')}</h2>
      {rules.length === 0 && (
        <p class="lead">{t('public.noRules', 'Nothing is written down yet. Be kind to people.')}</p>
      )}
      <RuleList rules={rules} />
    </aside>
  )
}

/** For a narrow screen, where the rules do not fit beside the form. */
function FoldedRules({ rules }: { rules: RuleText[] }) {
  if (rules.length === 0) return null
  return (
    <details class="rules-fold">
      <summary>
        <Icon name="chevron" />
        {t('public.howWeLive', 'How we live together')}
      </summary>
      <RuleList rules={rules} />
    </details>
  )
}

/** What no person sees, and programs fill in: whoever does is sent back. */
function Traps() {
  return (
    <div class="entrance-trap" aria-hidden="true">
      <label>
        {t('entrance.leaveEmpty', 'Leave this empty')}
        <input name="website" tabIndex={-1} autocomplete="off" />
      </label>
      <label>
        {t('entrance.leaveEmpty', 'Leave this empty')}
        <input name="confirm_password" tabIndex={-1} autocomplete="off" />
      </label>
    </div>
  )
}

function Lead({ model }: { model: Model }) {
  const { invite, needsApproval } = model
  if (invite)
    return (
      <p class="lead">
        {rich('entrance.invitedBy', '{handle} has invited you.', {
          handle: <bdi>@{invite.inviter}</bdi>,
        })}
      </p>
    )
  return (
    <p class="lead">
      {needsApproval
        ? t('entrance.personReads', 'A person reads every request.')
        : t('entrance.allWeNeed', 'A name, an address, a password. That is all we need.')}
    </p>
  )
}

function Fields({ model }: { model: Model }) {
  const { site, reason, minAge } = model
  return (
    <>
      <Field
        name="username"
        label={t('entrance.nameOn', 'Name on {server}', { server: site.title })}
        state={model}
        autocomplete="username"
        suffix={`@${site.domain}`}
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
      {minAge > 0 && (
        <Field
          name="date_of_birth"
          label={t('entrance.dateOfBirth', 'Date of birth')}
          type="date"
          state={model}
          autocomplete="bday"
          help={t('entrance.minAge', 'You must be {n} or older to join. The date is looked at once, and not kept.', {
            n: minAge,
          })}
        />
      )}
      {reason !== 'no' && (
        <TextArea
          name="reason"
          label={
            reason === 'must'
              ? t('entrance.whyJoin', 'Why would you like to join?')
              : t('entrance.whyJoinWish', 'Why would you like to join? (if you like to say)')
          }
          state={model}
          help={t('entrance.moderatorsOnly', 'Only the moderators read this.')}
        />
      )}
    </>
  )
}

/** A name, an address, a password, and what else this server asks (picture 10b). It works whole without a script. */
export function SignUpPage({ model }: { model: Model }) {
  const { needsApproval, invite } = model
  return (
    <Entrance
      site={model.site}
      aside={<Rules rules={model.rules} />}
      isLong
      foot={rich('entrance.haveAccount', 'Have an account? {link}', {
        link: <a href="/sign-in">{t('public.signIn', 'Sign in')}</a>,
      })}
    >
      <h1>{needsApproval ? t('entrance.askToJoin', 'Ask to join') : t('entrance.create', 'Create an account')}</h1>
      <Lead model={model} />
      <form method="post" action="/sign-up" data-work={model.workBits > 0 ? model.workBits : undefined}>
        <FormFault state={model} />
        <input type="hidden" name="stamp" value={model.stamp} />
        {model.workBits > 0 && <input type="hidden" name="work" value="" />}
        {invite && <input type="hidden" name="invite_code" value={invite.code} />}
        <Traps />
        <Fields model={model} />
        <FoldedRules rules={model.rules} />
        <Check name="agreement" state={model}>
          {rich('entrance.agreement', 'I have read the {rules}, and I will keep them.', {
            rules: <a href="/about#rules">{t('entrance.rules', 'rules')}</a>,
          })}
        </Check>
        <button class="button button-primary button-large" type="submit">
          {needsApproval ? t('entrance.sendRequest', 'Send request') : t('entrance.createAccount', 'Create account')}
        </button>
      </form>
    </Entrance>
  )
}
