import type { Id } from '#lib/id'
import { readLanguage } from '#lib/language'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'

export type Defaults = {
  privacy?: string | undefined
  sensitive?: boolean | undefined
  language?: string | undefined
  quote_policy?: string | undefined
}

/** What a person's posts are when they say nothing else; what is not named stays (mastodon-api 1.2). */
export async function updateDefaults(tx: Tx, userId: Id, change: Defaults): Promise<void> {
  const language = change.language === undefined || change.language === '' ? undefined : readLanguage(change.language)
  if (change.language && !language) throw invalid('Validation failed: Language is not one that posts can have')
  const row = {
    default_privacy: change.privacy,
    default_sensitive: change.sensitive,
    default_language: change.language === '' ? null : language,
    default_quote_policy: change.quote_policy,
  }
  const given = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))
  if (Object.keys(given).length > 0) await tx.db.updateTable('users').set(given).where('id', '=', userId).execute()
}
