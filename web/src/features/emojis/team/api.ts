export const API = '/api/web/admin/emojis'
export const PACKS = '/api/web/admin/emoji_packs'

/** `category` is `*` for all, and empty for those without. */
export type Filter = { origin: 'local' | 'remote'; q: string; host: string; category: string; state: string }

export function queryOf({ origin, q, host, category, state }: Filter): string {
  const query = new URLSearchParams({ origin })
  if (q !== '') query.set('q', q)
  if (host !== '') query.set('host', host)
  if (category !== '*') query.set('category', category)
  if (state !== '') query.set('state', state)
  return query.toString()
}
