import type { NoticeName } from '@hamlet/contract/pages'
import { t, type Values } from '../../i18n/words.ts'
import { teamLetterName } from './team-letter-names.ts'

export type Notice = { title: string; text: string; action?: { href: string; label: string } }

const signIn = () => ({ href: '/sign-in', label: t('public.signIn', 'Sign in') })

/** What a page without a form tells, and where it leads on. */
const notices: Record<NoticeName, (values: Values) => Notice> = {
  serverFull: ({ words = '' }) => ({
    title: t('entrance.full', 'This server is full for now'),
    text:
      String(words) ||
      t(
        'entrance.fullText',
        'It takes no new members. There are many others: any of them lets you follow people here.',
      ),
  }),
  inviteOver: () => ({
    title: t('entrance.inviteOverTitle', 'This invitation is over'),
    text: t(
      'entrance.inviteOverText',
      'It was used up, or its time has passed. Ask whoever gave it to you for another.',
    ),
  }),
  confirmationSent: ({ email = '' }) => ({
    title: t('entrance.lookIntoMail', 'Look into your mail'),
    text: t(
      'entrance.confirmationSent',
      'We have sent a link to {email}. Follow it within two days, and the account is yours.',
      { email },
    ),
    action: { href: '/confirm/again', label: t('entrance.noMail', 'No mail came?') },
  }),
  linkOver: () => ({
    title: t('entrance.linkOver', 'This link is over'),
    text: t('entrance.linkOverText', 'It was used already, or it is too old. Ask for a new one.'),
    action: { href: '/password', label: t('entrance.newLink', 'Ask for a new link') },
  }),
  unsubscribed: ({ letter = '' }) => ({
    title: t('entrance.unsubscribed', 'No more of these letters'),
    text: t('entrance.unsubscribedText', 'You get no more letters about this: {what}. Your settings bring them back.', {
      what: teamLetterName(String(letter)),
    }),
    action: { href: '/settings/notifications', label: t('entrance.unsubscribedBack', 'Your settings') },
  }),
  emailTaken: () => ({
    title: t('entrance.emailTaken', 'This address is another account’s now'),
    text: t(
      'entrance.emailTakenText',
      'It cannot be put back while another account of this server uses it. Write to the moderators.',
    ),
    action: { href: '/about', label: t('entrance.whoModerates', 'Who they are') },
  }),
  emailChanged: () => ({
    title: t('entrance.emailChanged', 'Your address is changed'),
    text: t('entrance.emailChangedText', 'Mail goes to the new one from now on. Your other browsers are signed out.'),
    action: { href: '/home', label: t('entrance.goHome', 'Go to Home') },
  }),
  emailConfirmed: () => ({
    title: t('entrance.welcome', 'Welcome'),
    text: t('entrance.welcomeText', 'Your address is confirmed. Sign in, and look around.'),
    action: signIn(),
  }),
  awaitingApproval: () => ({
    title: t('entrance.oneMoreThing', 'Thank you. One more thing'),
    text: t(
      'entrance.oneMoreThingText',
      'Your address is confirmed. A person reads every request to join; you get a mail when yours was read.',
    ),
  }),
  passwordSent: () => ({
    title: t('entrance.lookIntoMail', 'Look into your mail'),
    text: t(
      'entrance.passwordSent',
      'If there is an account with this address, a link is on its way. It works for two hours.',
    ),
  }),
  passwordChanged: () => ({
    title: t('entrance.passwordChanged', 'Your password is new'),
    text: t(
      'entrance.passwordChangedText',
      'Everything that was signed in with the old one is signed out. Sign in with the new one.',
    ),
    action: signIn(),
  }),
  appealNowhere: () => ({
    title: t('entrance.appealNowhere', 'This link leads nowhere'),
    text: t('entrance.appealNowhereText', 'Use the newest mail about the decision.'),
  }),
  appealedAlready: () => ({
    title: t('entrance.appealedAlready', 'You have appealed'),
    text: t('entrance.appealedAlreadyText', 'The moderators have your words, and will answer.'),
  }),
  appealFiled: () => ({
    title: t('entrance.appealFiled', 'Your appeal is with the moderators'),
    text: t('entrance.appealFiledText', 'Somebody reads it, and you get a mail.'),
  }),
  unknownWay: ({ host = '', uri = '' }) => ({
    title: t('entrance.unknownWay', '{host} does not say where to go', { host }),
    text: t('entrance.unknownWayText', 'Sign in there, and paste this into its search: {uri}', { uri }),
  }),
}

export function noticeOf(name: NoticeName, values: Values = {}): Notice {
  return notices[name](values)
}
