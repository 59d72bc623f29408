import { sql } from 'kysely'
import { findAccount, type AccountRow } from '#features/accounts'
import { findMediaMarks } from '#features/media'
import type { Gate, PostFacts } from '#features/gates'
import { hasLocalFollower } from '#features/relationships'
import { parseHttpUrl } from '#lib/host'
import type { Id } from '#lib/id'
import { plainText } from '#lib/plain-text'
import { notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { findLinks } from '../find-links.ts'
import type { Mentioned } from '../write/compose.ts'

const DAY_MS = 24 * 3_600_000

export type Marked = { hashes: readonly string[]; descriptions: readonly string[]; count: number }

/** A post as the rules are shown it, whether it is written here or came from elsewhere. */
export type Draft = {
  authorId: Id
  statusId: Id | null
  uri: string | null
  /** HTML of our own making. */
  content: string
  warning: string
  options: readonly string[]
  mentionedIds: readonly Id[]
  mentions: number
  media: Marked
  language: string | null
  visibility: string
}

/** Everything that the rules may ask of a post; what no rule asks is not looked up. */
export async function readFacts(ctx: Context, draft: Draft, needs: Gate['set']['needs']): Promise<PostFacts> {
  const author = await findAccount(ctx, draft.authorId)
  if (!author) throw notFound()
  return {
    ...factsOf(ctx, draft, author),
    strangers: needs.has('strangers') ? await countStrangers(ctx, draft.authorId, draft.mentionedIds) : 0,
    isFollowedHere: needs.has('followed') && (await hasLocalFollower(ctx, draft.authorId)),
  }
}

type Author = Pick<AccountRow, 'id' | 'is_local' | 'host' | 'created_at' | 'statuses_count'>

/** What is known without asking anybody. */
export function factsOf(ctx: Context, draft: Draft, author: Author): Omit<PostFacts, 'strangers' | 'isFollowedHere'> {
  const links = findLinks(ctx, draft.content).map((href) => parseHttpUrl(href)?.hostname)
  return {
    statusId: draft.statusId,
    accountId: draft.authorId,
    host: author.is_local ? null : author.host,
    uri: draft.uri,
    texts: [draft.warning, plainText(draft.content), ...draft.options, ...draft.media.descriptions].filter(Boolean),
    linkHosts: [...new Set(links.filter((host) => host !== undefined))],
    mentions: draft.mentions,
    mediaHashes: draft.media.hashes,
    hasMedia: draft.media.count > 0,
    language: draft.language,
    visibility: draft.visibility,
    accountAgeDays: (ctx.clock.now().getTime() - Date.parse(author.created_at)) / DAY_MS,
    postsBefore: author.statuses_count,
  }
}

/** How many of these people here neither follow an author nor ever wrote to them. One query. */
export async function countStrangers(ctx: Context, authorId: Id, people: readonly Id[]): Promise<number> {
  if (people.length === 0) return 0
  const found = await sql<{ count: number }>`
    select count(*)::int as count from accounts a join domains d on d.id = a.domain_id
    where a.id = any(${[...new Set(people)]}::bigint[]) and a.id <> ${authorId} and d.is_local
      and not exists (select 1 from follows f where f.account_id = a.id and f.target_account_id = ${authorId} and f.state = 'accepted')
      and not exists (select 1 from mentions m join statuses s on s.id = m.status_id
        where m.account_id = ${authorId} and s.account_id = a.id)`.execute(ctx.db)
  return found.rows[0]?.count ?? 0
}

type Fields = { text: string; content: string; spoiler_text: string; language: string; visibility: string }
type Input = {
  mediaIds?: readonly string[] | undefined
  poll?: { options?: readonly string[] | undefined } | undefined
}
type Words = { fields: Fields; mentioned: readonly Mentioned[]; statusId?: Id }

/** A post of somebody here, as the rules are shown it. */
export async function draftOf(tx: Tx, authorId: Id, input: Input, words: Words): Promise<Draft> {
  const { fields, mentioned, statusId = null } = words
  return {
    authorId,
    statusId,
    uri: null,
    content: fields.content,
    warning: fields.spoiler_text,
    options: input.poll?.options ?? [],
    mentionedIds: mentioned.map((person) => person.id),
    mentions: mentioned.length,
    media: await markUploads(tx, authorId, input.mediaIds ?? []),
    language: fields.language,
    visibility: fields.visibility,
  }
}

/** How an author's own uploads are known again. */
async function markUploads(tx: Tx, authorId: Id, ids: readonly string[]): Promise<Marked> {
  const marks = await findMediaMarks(tx, authorId, ids)
  return {
    count: marks.length,
    hashes: marks.flatMap(({ digest, blurhash }) => [digest, blurhash].filter((one) => one !== null)),
    descriptions: marks.flatMap(({ description }) => (description ? [description] : [])),
  }
}
