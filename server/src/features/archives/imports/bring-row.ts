import { findAccountByAcct, resolveHandle } from '#features/accounts'
import { addFilteredPost, createFilter, listFilters, updateFilter } from '#features/filters'
import { addBookmark } from '#features/interactions'
import { addToList, createList, listOwned } from '#features/lists'
import { blockAccount, blockDomain, followAccount, muteAccount } from '#features/relationships'
import { findStatusByUri, resolveStatus } from '#features/statuses'
import { requireVisibleStatus } from '#features/visibility'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import type { FilterRow, ImportKind, ImportRow } from './kinds.ts'

type Bring = (tx: Tx) => Promise<unknown>
type For = { account_id: Id; kind: ImportKind }
/** Whether another server had to be asked. */
type Question = { asked: boolean }

/** Finds what a row is about, at its own server if need be; gives what is then to be done in one transaction. */
export async function prepareRow(ctx: Context, one: For, row: ImportRow, question: Question): Promise<Bring> {
  const me = one.account_id
  if ('title' in row) return prepareFilter(ctx, me, row, question)
  if ('domain' in row) return (tx) => blockDomain(tx, me, row.domain)
  if ('uri' in row) {
    const post = await findPost(ctx, row.uri, question)
    await requireVisibleStatus(ctx, me, post)
    return (tx) => addBookmark(tx, me, post)
  }
  const them = await findPerson(ctx, row.acct, question)
  if ('list' in row) return (tx) => addByTitle(tx, me, row.list, them)
  if (one.kind === 'blocking') return (tx) => blockAccount(tx, me, them)
  if (one.kind === 'muting') {
    const notifications = 'notifications' in row ? row.notifications : true
    return (tx) => muteAccount(tx, me, them, { notifications, durationSeconds: 0 })
  }
  return (tx) => followAccount(tx, me, them, followOptionsOf(row))
}

function followOptionsOf(row: object): Parameters<typeof followAccount>[3] {
  const { reblogs, notify, languages } = row as Parameters<typeof followAccount>[3]
  return {
    ...(reblogs === undefined ? {} : { reblogs }),
    ...(notify === undefined ? {} : { notify }),
    ...(languages === undefined ? {} : { languages }),
  }
}

async function findPerson(ctx: Context, acct: string, question: Question): Promise<Id> {
  const known = await findAccountByAcct(ctx, acct)
  if (known) return known.id
  question.asked = true
  const found = await resolveHandle(ctx, acct)
  if (!found) throw new Refusal('notFound', 'This account was not found')
  return found.id
}

async function findPost(ctx: Context, uri: string, question: Question): Promise<Id> {
  const known = await findStatusByUri(ctx, uri)
  if (known) return known.id
  question.asked = true
  return (await resolveStatus(ctx, uri)).id
}

/** Whoever is put in a list is followed for it, as Mastodon does. */
async function addByTitle(tx: Tx, ownerId: Id, title: string, personId: Id): Promise<void> {
  const list =
    (await listOwned(tx, ownerId)).find((one) => one.title === title) ?? (await createList(tx, ownerId, { title }))
  if (personId !== ownerId) await followAccount(tx, ownerId, personId, {})
  try {
    await addToList(tx, ownerId, list.id, [personId])
  } catch (error) {
    // Whoever is in it already is where they should be.
    if (!(error instanceof Refusal && error.message.includes('already'))) throw error
  }
}

async function prepareFilter(ctx: Context, me: Id, row: FilterRow, question: Question): Promise<Bring> {
  const posts: Id[] = []
  for (const uri of row.statuses) {
    // oxlint-disable-next-line no-await-in-loop -- few, and one server after another
    const post = await findPost(ctx, uri, question).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
    if (post) posts.push(post)
  }
  const until = row.expires_at === null ? undefined : Date.parse(row.expires_at)
  const now = ctx.clock.now().getTime()
  if (until !== undefined && !(until > now)) throw new Refusal('invalid', 'This filter has ended')
  const said = {
    title: row.title,
    contexts: row.context,
    action: row.action,
    expiresInSeconds: until === undefined ? null : Math.ceil((until - now) / 1000),
  }
  return (tx) => keepFilter(tx, me, { row, said, posts })
}

type Kept = { row: FilterRow; said: Parameters<typeof createFilter>[2]; posts: readonly Id[] }

/** A filter of the same name gets what it lacks; otherwise there is a new one. */
async function keepFilter(tx: Tx, me: Id, { row, said, posts }: Kept): Promise<void> {
  const words = row.keywords.map(({ keyword, whole_word: wholeWord }) => ({ keyword, wholeWord }))
  const known = (await listFilters(tx, me)).find(({ title }) => title === row.title)
  const has = new Set(known?.keywords.map(({ keyword }) => keyword))
  const missing = words.filter(({ keyword }) => !has.has(keyword.trim()))
  if (known) await updateFilter(tx, me, known.id, { ...said, keywords: missing })
  const id = known?.id ?? (await createFilter(tx, me, said, words))
  const held = new Set(known?.statuses.map((post) => post.status_id))
  for (const post of posts) if (!held.has(post)) await addFilteredPost(tx, me, id, post)
}
