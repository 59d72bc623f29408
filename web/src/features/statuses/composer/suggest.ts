import type { Account } from '@hamlet/contract/account'
import type { CustomEmoji } from '@hamlet/contract/emoji'
import { request } from '../../../api/request.ts'
import { writing } from './model.ts'
import type { Token } from './token.ts'

/** One that can be put in place of what is being typed. */
export type Suggestion = { key: string; text: string; label: string; detail: string; image?: string }
const MOST = 6
const people = new Map<string, Account>()
const answers = new Map<string, Suggestion[]>()
let emojis: Promise<CustomEmoji[]> | undefined

/** What is known on this page, at once. */
export function suggestKnown({ sign, query }: Token): Suggestion[] {
  const answered = answers.get(`${sign}${query}`)
  if (answered) return answered
  if (sign !== '@') return []
  const near = writing.value?.replyTo
  for (const account of near ? [near.account, ...(near.reblog ? [near.reblog.account] : [])] : [])
    people.set(account.id, account)
  const wanted = query.toLowerCase()
  const fits = (one: Account) =>
    one.acct.toLowerCase().startsWith(wanted) || one.display_name.toLowerCase().startsWith(wanted)
  return [...people.values()].filter(fits).slice(0, MOST).map(personOf)
}

/** What the server knows. Answers are kept, so that going back a letter costs nothing. */
export async function suggest(token: Token): Promise<Suggestion[]> {
  const key = `${token.sign}${token.query}`
  const known = answers.get(key)
  if (known) return known
  const found = await ask(token).catch(() => undefined)
  if (found) answers.set(key, found)
  return found ?? suggestKnown(token)
}

async function ask({ sign, query }: Token): Promise<Suggestion[]> {
  const q = encodeURIComponent(query)
  if (sign === '@') {
    const found = await request<Account[]>('GET', `/api/v1/accounts/search?limit=${MOST}&q=${q}`)
    for (const account of found) people.set(account.id, account)
    return found.map(personOf)
  }
  if (sign === '#') {
    const found = await request<{ hashtags: { name: string }[] }>(
      'GET',
      `/api/v2/search?type=hashtags&limit=${MOST}&q=${q}`,
    )
    return found.hashtags.map((tag) => ({ key: tag.name, text: `#${tag.name}`, label: `#${tag.name}`, detail: '' }))
  }
  emojis ??= request<CustomEmoji[]>('GET', '/api/v1/custom_emojis')
  const all = await emojis.catch((error: unknown) => {
    emojis = undefined
    throw error
  })
  return all
    .filter((one) => one.visible_in_picker && one.shortcode.toLowerCase().includes(query.toLowerCase()))
    .slice(0, MOST)
    .map(({ shortcode, static_url }) => {
      const code = `:${shortcode}:`
      return { key: shortcode, text: code, label: code, detail: '', image: static_url }
    })
}

function personOf(account: Account): Suggestion {
  const { id, acct, avatar_static: image, display_name, username } = account
  return { key: id, text: `@${acct}`, label: display_name || username, detail: `@${acct}`, image }
}
