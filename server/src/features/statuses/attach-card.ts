import { findAccountsById } from '#features/accounts'
import { linkStatus, unlinkStatuses } from '#features/cards'
import { listMediaOf } from '#features/media'
import type { Id } from '#lib/id'
import { transact, type Tx } from '#platform/context'
import { defineJob } from '#platform/jobs'
import { findLinks } from './find-links.ts'
import { findQuotesOf } from './quote/store.ts'
import { findExtras, findStatus, type StatusRow } from './store.ts'

/** Gives a post the preview of the first page that it leads to, as the post is now, or takes it away. */
export const attachCard = defineJob<{ statusId: Id }>({
  name: 'statuses.attach-card',
  orderingKey: ({ statusId }) => `card:${statusId}`,
  run: (ctx, { statusId }) => transact(ctx, (tx) => attach(tx, statusId)),
})

async function attach(tx: Tx, statusId: Id): Promise<void> {
  // Held, so that a post that is deleted now leaves nothing behind.
  await tx.db.selectFrom('statuses').select('id').where('id', '=', statusId).forShare().execute()
  const status = await findStatus(tx, statusId)
  if (!status) return
  const link = await findPage(tx, status)
  if (link === undefined) await unlinkStatuses(tx, [statusId])
  else await linkStatus(tx, statusId, link, { isLocal: status.is_local })
}

/** Pictures, and what is quoted, take the place of a preview. Some servers mark mentions as plain links: they are known by whom they lead to. */
async function findPage(tx: Tx, status: StatusRow): Promise<string | undefined> {
  const links = findLinks(tx, status.content)
  if (links.length === 0) return undefined
  const hasMedia = (await listMediaOf(tx, [status.id])).has(status.id)
  if (hasMedia || (await findQuotesOf(tx, [status.id])).has(status.id)) return undefined
  const mentioned = (await findExtras(tx, [status.id])).mentions.get(status.id) ?? []
  const people = [...(await findAccountsById(tx, mentioned)).values()]
  const profiles = new Set(people.flatMap((person) => [person.url, person.uri]))
  return links.find((link) => !profiles.has(link))
}
