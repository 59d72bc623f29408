import { lockAccounts } from '#features/accounts'
import type { Id } from '#lib/id'
import { invalid } from '#lib/refusal'
import type { Tx } from '#platform/context'
import { repliesPolicies, holdOwnList, type ListRow, type RepliesPolicy } from './store.ts'

/** mastodon-limits: lists, and the length of a title in characters. */
const MOST_LISTS = 50
const LONGEST_TITLE = 256

/** As it came; what is absent keeps its value, or takes the usual one. */
export type ListInput = {
  title?: string | undefined
  repliesPolicy?: string | undefined
  exclusive?: boolean | undefined
}

/** Makes a list. Refuses titles that are blank or too long, unknown policies, and the fifty-first. */
export async function createList(tx: Tx, accountId: Id, input: ListInput): Promise<ListRow> {
  const fields = {
    title: readTitle(input.title ?? ''),
    replies_policy: readPolicy(input.repliesPolicy ?? 'list'),
    exclusive: input.exclusive ?? false,
  }
  // Held until the end, so that many at once are counted one after another.
  await lockAccounts(tx, [accountId])
  const own = await tx.db.selectFrom('lists').select('id').where('account_id', '=', accountId).execute()
  if (own.length >= MOST_LISTS) throw invalid('Validation failed: You have reached the maximum number of lists')
  const { id } = await tx.db
    .insertInto('lists')
    .values({ account_id: accountId, created_at: tx.clock.now().toISOString(), ...fields })
    .returning('id')
    .executeTakeFirstOrThrow()
  return { id, ...fields }
}

/** Changes what is given of a person's own list; 404 for any other. */
export async function changeList(tx: Tx, accountId: Id, listId: string, input: ListInput): Promise<ListRow> {
  const before = await holdOwnList(tx, accountId, listId)
  const after = {
    title: input.title === undefined ? before.title : readTitle(input.title),
    replies_policy: input.repliesPolicy === undefined ? before.replies_policy : readPolicy(input.repliesPolicy),
    exclusive: input.exclusive ?? before.exclusive,
  }
  await tx.db.updateTable('lists').set(after).where('id', '=', before.id).execute()
  return { id: before.id, ...after }
}

/** Deletes a person's own list with its memberships; 404 for any other. */
export async function deleteList(tx: Tx, accountId: Id, listId: string): Promise<void> {
  const { id } = await holdOwnList(tx, accountId, listId)
  await tx.db.deleteFrom('lists').where('id', '=', id).execute()
}

function readTitle(given: string): string {
  const title = given.trim()
  if (title === '') throw invalid("Validation failed: Title can't be blank")
  if (Array.from(title).length > LONGEST_TITLE)
    throw invalid(`Validation failed: Title is too long (maximum is ${LONGEST_TITLE} characters)`)
  return title
}

/** In the words of Mastodon's refusal, which apps show. */
function readPolicy(given: string): RepliesPolicy {
  const policy = repliesPolicies.find((one) => one === given)
  if (!policy) throw invalid(`'${given.slice(0, 100)}' is not a valid replies_policy`)
  return policy
}
