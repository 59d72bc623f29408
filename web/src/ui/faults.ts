import type { Fault } from '@hamlet/contract/pages'
import { t } from '../i18n/words.ts'

type Say = (label: string, n: number) => string

/** What is wrong with a field, by the names that the server gives (`server/src/features/users/faults.ts` and the rooms with forms). */
const faults: Record<string, Say> = {
  blank: (label) => t('entrance.blank', "{label} can't be blank.", { label }),
  taken: (label) => t('entrance.taken', '{label} has already been taken.', { label }),
  reserved: (label) => t('entrance.reserved', '{label} is reserved.', { label }),
  blocked: (label) => t('entrance.blocked', '{label} comes from a provider that is not taken here.', { label }),
  tooShort: (label, n) =>
    t('entrance.tooShort', '{label} needs {n, plural, one {# character} other {# characters}} or more.', { label, n }),
  tooLong: (label, n) =>
    t('entrance.tooLong', '{label} may have {n, plural, one {# character} other {# characters}} at most.', {
      label,
      n,
    }),
  guessable: (label) => t('entrance.guessable', '{label} is one of the first that somebody else would try.', { label }),
  notName: (label) => t('entrance.notName', '{label} must contain only letters, numbers and underscores.', { label }),
  notEmail: (label) => t('entrance.notEmail', '{label} is not an e-mail address.', { label }),
  notAccepted: () => t('entrance.notAccepted', 'This must be accepted.'),
  notHandle: () => t('entrance.notHandle', 'That is not an address like you@example.org.'),
  serverSilent: () =>
    t('entrance.serverSilent', 'That server could not be reached, or does not know you. Look at the address again.'),
  hostOnly: (label) => t('set-up.hostOnly', '{label} must be the name alone, such as example.org.', { label }),
  notHost: (label) => t('set-up.notHost', '{label} is not a name such as example.org.', { label }),
  hostNumber: (label) =>
    t('set-up.hostNumber', '{label} cannot be a number: it must be a name such as example.org.', { label }),
  hostLoopback: (label) => t('set-up.hostLoopback', '{label} is a name that means this machine alone.', { label }),
  hostDotless: (label) => t('set-up.hostDotless', '{label} needs a dot, such as example.org.', { label }),
  hostPort: (label) => t('set-up.hostPort', '{label} cannot have a port: other servers come to port 443.', { label }),
  noMatch: () => t('entrance.noMatch', 'No account matches this name and password.'),
  wrongCode: () => t('entrance.wrongCode', 'That is not right, or it was used already. Wait for the next code.'),
  passkeyFailed: () => t('entrance.passkeyFailed', 'This passkey did not prove that it is you. Try again.'),
  openIdFailed: () => t('entrance.openIdFailed', 'The other service did not say who you are. Try again.'),
  serviceOnly: () => t('entrance.serviceOnly', 'This server is entered by its other service alone.'),
  signInOver: () => t('entrance.signInOver', 'That took too long. Sign in again.'),
  disabled: () => t('entrance.disabled', 'Your login is currently disabled'),
  unconfirmed: () => t('entrance.unconfirmed', 'Your login is missing a confirmed e-mail address'),
  unapproved: () => t('entrance.unapproved', 'Your login is currently pending approval'),
  closed: () => t('entrance.closed', 'This server does not take new members right now'),
  notDate: (label) => t('entrance.notDate', '{label} is not a date.', { label }),
  tooYoung: () => t('entrance.tooYoung', 'You are too young for this server.'),
  trapped: () => t('entrance.trapped', 'A hidden field was filled in, as programs do. Press once more.'),
  tooFast: () => t('entrance.tooFast', 'That was faster than anybody writes. Press once more.'),
  staleForm: () => t('entrance.staleForm', 'This form was open for too long. Press once more.'),
  inviteOver: () => t('entrance.inviteOver', 'This invitation was used up, or it is over.'),
  nobodyWaits: () => t('entrance.nobodyWaits', 'Nobody with this name and password waits for a link.'),
  notFromHere: () => t('entrance.notFromHere', 'Nobody can sign up from where you are.'),
  textBlank: () => t('entrance.textBlank', "Text can't be blank"),
  textLong: () => t('entrance.textLong', 'This text is too long.'),
  appealed: () => t('entrance.appealed', 'You have appealed already. The moderators will answer.'),
}

/** What is wrong, in the reader's language; a name without words is said in the server's own. */
export function sayFault(fault: Fault, label = ''): string {
  const say = faults[fault.name]
  if (say) return say(label, fault.count ?? 0)
  return label === '' ? fault.text : `${label} ${fault.text}.`
}
