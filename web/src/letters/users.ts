import type { UserLetters } from '@hamlet/contract/letters/users'
import { formats, t } from '../i18n/words.ts'
import type { Writers } from './draft.ts'

export const userLetters: Writers<UserLetters> = {
  confirm: ({ link }, { title, domain }) => ({
    subject: t('letters.confirmSubject', 'Confirm your address for {title}', { title }),
    parts: [
      t('letters.confirmText', 'Somebody signed up at {domain} with this address. If it was you, confirm it.', {
        domain,
      }),
      { button: t('letters.confirmButton', 'Confirm this address'), href: link },
      t(
        'letters.confirmAfter',
        'The link works for two days. If it was not you, do nothing: without it the account stays shut.',
      ),
    ],
    foot: strangerFoot(domain),
  }),
  password: ({ link }, { title, domain }) => ({
    subject: t('letters.passwordSubject', 'A new password for {title}', { title }),
    parts: [
      t('letters.passwordText', 'Somebody asked for a new password for your account at {domain}.', { domain }),
      { button: t('letters.passwordButton', 'Choose a new password'), href: link },
      t(
        'letters.passwordAfter',
        'The link works for two hours. If it was not you, do nothing: your password stays as it is.',
      ),
    ],
  }),
  passwordChanged: ({ link }, { title, domain }) => ({
    subject: t('letters.passwordChangedSubject', 'Your password for {title} was changed', { title }),
    parts: [
      t(
        'letters.passwordChangedText',
        'The password of your account at {domain} was changed. Other browsers and all apps are signed out.',
        { domain },
      ),
      notYou(),
      { button: t('letters.passwordButton', 'Choose a new password'), href: link },
    ],
  }),
  newEmail: ({ link }, { title, domain }) => ({
    subject: t('letters.newEmailSubject', 'Confirm your new address for {title}', { title }),
    parts: [
      t('letters.newEmailText', 'Somebody wants to use this address for their account at {domain}.', { domain }),
      { button: t('letters.confirmButton', 'Confirm this address'), href: link },
      t('letters.newEmailAfter', 'The link works for two days. If it was not you, do nothing.'),
    ],
    foot: strangerFoot(domain),
  }),
  emailAsked: ({ link }, { title, domain }) => ({
    subject: t('letters.emailAskedSubject', 'Another address for your account at {title}', { title }),
    parts: [
      t(
        'letters.emailAskedText',
        'Somebody who knows your password asked to use another address for your account at {domain}.',
        { domain },
      ),
      notYou(),
      { button: t('letters.passwordButton', 'Choose a new password'), href: link },
    ],
  }),
  emailChanged: ({ link }, { title, domain }) => ({
    subject: t('letters.emailChangedSubject', 'Your address for {title} was changed', { title }),
    parts: [
      t('letters.emailChangedText', 'Your account at {domain} uses another address from now on. Mail goes there.', {
        domain,
      }),
      t(
        'letters.emailChangedNotYou',
        'If it was not you, take it back: this address counts again, everything is signed out, and you choose a new password.',
      ),
      { button: t('letters.emailChangedButton', 'Take it back'), href: link },
      t('letters.emailChangedAfter', 'The link works for seven days, once.'),
    ],
  }),
  approved: ({ link }, { title, domain }) => ({
    subject: t('letters.approvedSubject', 'Welcome to {title}', { title }),
    parts: [
      t('letters.approvedText', 'The moderators of {domain} have read your request to join: you are in.', { domain }),
      { button: t('letters.signIn', 'Sign in'), href: link },
    ],
  }),
  rejected: (_, { title, domain }) => ({
    subject: t('letters.rejectedSubject', 'Your request to join {title}', { title }),
    parts: [
      t(
        'letters.rejectedText',
        'The moderators of {domain} have read your request to join, and have decided not to take it up.',
        { domain },
      ),
      t('letters.rejectedAfter', 'There are many other servers: any of them lets you follow people here.'),
    ],
    foot: strangerFoot(domain),
  }),
  signUpsWait: ({ count, names, link }, { title, domain }) => ({
    subject: t(
      'letters.signUpsWaitSubject',
      '{n, plural, one {# person waits} other {# people wait}} to join {title}',
      {
        n: count,
        title,
      },
    ),
    parts: [
      t('letters.signUpsWaitText', 'Somebody has asked to join {domain} in the last hour: {names}.', {
        domain,
        names,
      }),
      { button: t('letters.signUpsWaitButton', 'Look at them'), href: link },
    ],
  }),
  deletionAsked: ({ date, link }, { title, domain }) => ({
    subject: t('letters.deletionSubject', 'Your account at {title} is to be deleted', { title }),
    parts: [
      t(
        'letters.deletionText',
        'Your account at {domain} is hidden from now on. On {date} everything that you wrote and kept there is erased, and cannot be brought back.',
        { domain, date: dayOf(date) },
      ),
      t(
        'letters.deletionAfter',
        'If you change your mind, or if it was not you, sign in before that day: then all is as it was.',
      ),
      { button: t('letters.signIn', 'Sign in'), href: link },
    ],
  }),
  alreadyHere: ({ signIn, password }, { domain }) => ({
    subject: t('letters.alreadyHereSubject', 'You already have an account at {domain}', { domain }),
    parts: [
      t(
        'letters.alreadyHereText',
        'Somebody tried to sign up at {domain} with your address. You are there already. If it was you, sign in, or ask for a new password.',
        { domain },
      ),
      { button: t('letters.signIn', 'Sign in'), href: signIn },
      { link: t('letters.passwordAsk', 'Ask for a new password'), href: password },
    ],
  }),
}

const dayOf = (date: string) =>
  Number.isNaN(Date.parse(date))
    ? date
    : new Intl.DateTimeFormat(formats(), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(date))

const notYou = () => t('letters.notYou', 'If it was not you, choose a new password at once.')

const strangerFoot = (domain: string) =>
  t('letters.footStranger', 'You get this because somebody gave your address at {domain}.', { domain })
