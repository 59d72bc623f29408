import type { EnteringLetters, FactorChange } from '@hamlet/contract/letters/entering'
import { readAgent } from '../features/settings/agent.ts'
import { t } from '../i18n/words.ts'
import { momentOf, type Part, type Writers } from './draft.ts'

const changes: Record<FactorChange, (domain: string) => string> = {
  codesAppAdded: (domain) =>
    t('letters.codesAppAdded', 'An app for codes is now asked for when you sign in at {domain}.', { domain }),
  codesAppRemoved: (domain) =>
    t('letters.codesAppRemoved', 'The app for codes is no longer asked for when you sign in at {domain}.', { domain }),
  passkeyAdded: (domain) => t('letters.passkeyAdded', 'A passkey was added to your account at {domain}.', { domain }),
  passkeyRemoved: (domain) =>
    t('letters.passkeyRemoved', 'A passkey was taken away from your account at {domain}.', { domain }),
  recoveryCodes: (domain) =>
    t('letters.recoveryCodes', 'New recovery codes were made for your account at {domain}. The old ones are over.', {
      domain,
    }),
  passwordRemoved: (domain) =>
    t('letters.passwordRemoved', 'Your account at {domain} has no password any more. You come in by your passkeys.', {
      domain,
    }),
  reset: (domain) =>
    t(
      'letters.factorReset',
      'The team of {domain} has taken away your second factors. Set them up anew when you have signed in.',
      { domain },
    ),
}

type Seen = { ip: string; browser: string; at: string }

const seen = ({ ip, browser, at }: Seen): Part => ({
  facts: [
    [t('letters.when', 'When'), momentOf(at)],
    [t('letters.browser', 'Browser'), readAgent(browser)],
    [t('letters.address', 'Internet address'), ip],
  ],
})

export const enteringLetters: Writers<EnteringLetters> = {
  factorChanged: ({ change, link }, { title, domain }) => ({
    subject: t('letters.factorChangedSubject', 'How you sign in to {title} was changed', { title }),
    parts: [
      (changes[change] ?? changes.reset)(domain),
      t('letters.notYou', 'If it was not you, choose a new password at once.'),
      { button: t('letters.passwordButton', 'Choose a new password'), href: link },
    ],
  }),
  factorFailed: (facts, { title, domain }) => ({
    subject: t('letters.factorFailedSubject', 'Somebody knows your password for {title}', { title }),
    parts: [
      t(
        'letters.factorFailedText',
        'Somebody gave your right password at {domain}, but then a wrong second factor. Nobody came in.',
        { domain },
      ),
      seen(facts),
      t('letters.notYou', 'If it was not you, choose a new password at once.'),
      { button: t('letters.passwordButton', 'Choose a new password'), href: facts.link },
    ],
  }),
  newPlace: (facts, { title, domain }) => ({
    subject: t('letters.newPlaceSubject', 'A new sign-in to {title}', { title }),
    parts: [
      t('letters.newPlaceText', 'Somebody signed in to your account at {domain} from where you never were before.', {
        domain,
      }),
      seen(facts),
      t(
        'letters.newPlaceAfter',
        'If it was you, all is well. If it was not, choose a new password at once, and set up a second factor.',
      ),
      { button: t('letters.passwordButton', 'Choose a new password'), href: facts.link },
    ],
  }),
}
