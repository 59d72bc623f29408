import { findLocalAccount } from '#features/accounts'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Context } from '#platform/context'
import { presentStatuses } from './present/present-statuses.ts'

/** A post of this server that may stand on other sites: its own words, for everybody (mastodon-api 1.20). */
export async function findEmbeddable(ctx: Context, { username = '', id = '' }: { username?: string; id?: string }) {
  const account = isId(id) ? await findLocalAccount(ctx, username) : undefined
  const [status] = account ? await presentStatuses(ctx, null, [id]) : []
  const isOpen = status?.visibility === 'public' || status?.visibility === 'unlisted'
  if (!account || !status || status.account.id !== account.id || !isOpen || status.reblog) throw notFound()
  return status
}
