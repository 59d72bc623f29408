import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { readSettings, writeSetting, type Settings } from './settings.ts'

/** What the page about the server itself sets; who may join and how the team works have pages of their own. */
export const serverNames = [
  'title',
  'description',
  'contact_email',
  'contact_account',
  'languages',
  'status_url',
  'trends',
  'profile_directory',
  'local_feed',
  'remote_feed',
  'local_topics',
  'remote_topics',
  'show_domain_blocks',
  'show_domain_blocks_rationale',
  'peers_api',
  'activity_api',
  'deletion_days',
] as const satisfies readonly (keyof Settings)[]
export type ServerWords = Pick<Settings, (typeof serverNames)[number]>

export async function readServer(ctx: Context): Promise<ServerWords> {
  const all = await readSettings(ctx)
  return Object.fromEntries(serverNames.map((name) => [name, all[name]])) as ServerWords
}

/** Sets what is named; all of it or, where one value does not fit, none. The log keeps what it was before. */
export async function changeServer(tx: Tx, actorId: Id, wish: Record<string, unknown>): Promise<void> {
  await lockSettings(tx)
  const before = await readServer(tx)
  const { contact_email: email } = wish
  if (typeof email === 'string' && !/^(?:[^\s@<>]+@[^\s@<>]+)?$/.test(email))
    throw invalid('contact_email must be an e-mail address, or empty.')
  const named = serverNames.filter((name) => wish[name] !== undefined && wish[name] !== before[name])
  // oxlint-disable-next-line no-await-in-loop -- seventeen at most
  for (const name of named) await writeSetting(tx, name, wish[name])
  const after = await readServer(tx)
  const changed = named.filter((name) => after[name] !== before[name])
  if (changed.length === 0) return
  const details = Object.fromEntries(changed.map((name) => [name, { before: before[name], after: after[name] }]))
  const label = changed.join(', ')
  await writeAudit(tx, { actorId, action: 'settings.server', targetType: 'settings', label, details })
}

/** Two who change settings at once do so one after the other, so that the log is true. */
export async function lockSettings(tx: Tx): Promise<void> {
  await sql`lock table settings in share row exclusive mode`.execute(tx.db)
}
