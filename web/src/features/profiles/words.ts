import type { Account } from '@hamlet/contract/account'
import { server } from '../../app/session.ts'
import { formats } from '../../i18n/words.ts'
import { readHtml, textOf } from '../../lib/html-tree.ts'

/** What of somebody is looked at. */
export type Tab = 'posts' | 'replies' | 'media' | 'about'

/** `12 Nov`, `12 Nov 2024`: the year only where it is another. */
export function dayWords(iso: string, now = new Date()): string {
  const at = new Date(iso)
  const isThisYear = at.getFullYear() === now.getFullYear()
  const format: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' }
  return new Intl.DateTimeFormat(formats(), isThisYear ? format : { ...format, year: 'numeric' }).format(at)
}

/** `November 2024`. */
export function monthWords(iso: string): string {
  return new Intl.DateTimeFormat(formats(), { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(iso))
}

/** The server of somebody who lives elsewhere. */
export function hostOf(account: Pick<Account, 'acct'>): string | undefined {
  return account.acct.split('@')[1]
}

/** A handle that leads here from everywhere. */
export function fullHandle(account: Pick<Account, 'acct'>): string {
  return hostOf(account) ? `@${account.acct}` : `@${account.acct}@${server.value.domain}`
}

const PRONOUNS = /^(pronouns?|pronomen|pronoms|pronombres|pronomes)$/i
const LONGEST_PRONOUNS = 24

/** The pronouns that somebody names in a field, if they are short enough for a badge. */
export function pronounsOf(account: Pick<Account, 'fields'>): string | undefined {
  const field = account.fields.find((one) => PRONOUNS.test(one.name.trim()))
  const words = field && textOf(readHtml(field.value)).trim()
  return words && words.length <= LONGEST_PRONOUNS ? words : undefined
}

/** The fields of the table: all but the pronouns that stand as a badge. */
export function tableFields(account: Pick<Account, 'fields'>): Account['fields'] {
  return pronounsOf(account) === undefined
    ? account.fields
    : account.fields.filter((one) => !PRONOUNS.test(one.name.trim()))
}
