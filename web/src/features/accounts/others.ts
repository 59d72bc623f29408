import type { Account } from '@hamlet/contract/account'
import { signal } from '@preact/signals'
import { request } from '../../api/request.ts'
import { countSignedIn } from '../../lib/hint.ts'
import { me } from '../../app/session.ts'

/** An account that this browser is signed in with, and whether something waits for it. */
export type Own = { account: Account; hasNews: boolean }

/** All accounts of this browser, in an order that never changes; empty until it was asked. */
export const all = signal<Own[]>([])
/** Those that this page does not act as. */
export const others = signal<Own[]>([])

const PATH = '/api/hamlet/v1/sessions/accounts'
const COLOURS = ['sea', 'amber', 'pine', 'rose', 'iris']

/** Asks which accounts there are, and of each whether it has unread notifications; not where there is but one. */
export async function loadAccounts(): Promise<void> {
  if (countSignedIn() < 2) return put([])
  const accounts = await request<Account[]>('GET', PATH).catch(() => undefined)
  if (!accounts) return
  put(
    accounts.map((account) => ({ account, hasNews: others.peek().some((one) => isSame(one, account) && one.hasNews) })),
  )
  if (accounts.length < 2) return
  const news = await Promise.all(accounts.map(async ({ id }) => id !== me.peek().id && (await hasNews(id))))
  put(accounts.map((account, at) => ({ account, hasNews: news[at] ?? false })))
}

const isSame = (one: Own, account: Account) => one.account.id === account.id

function put(list: Own[]): void {
  all.value = list
  others.value = list.filter(({ account }) => account.id !== me.peek().id)
}

async function hasNews(id: string): Promise<boolean> {
  const told = await request<{ count: number }>('GET', '/api/v1/notifications/unread_count', { as: id }).catch(
    () => undefined,
  )
  return (told?.count ?? 0) > 0
}

/** The colour that stands for this account wherever there are several; none where there is one. */
export function colourOf(accountId: string): string | undefined {
  const at = all.value.findIndex(({ account }) => account.id === accountId)
  return all.value.length > 1 && at !== -1 ? COLOURS[at % COLOURS.length] : undefined
}
