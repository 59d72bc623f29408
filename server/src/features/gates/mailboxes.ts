import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { writeAudit, type AuditAction } from '#features/audit'
import { compareIds, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { readMailDomain } from './mail-domains.ts'

export type MailboxRow = { id: Id; hash: string; created_at: string }
export type NewMailbox = { email?: string | undefined; hash?: string | undefined }

const COLUMNS = ['id', 'hash', 'created_at'] as const
const HASH = /^[0-9a-f]{64}$/

/**
 * An address without what providers pass over: capitals, dots before the @, and all from a plus on. Hashed, so that the
 * list says who is on it to nobody but whoever knows the address already. Undefined for what is no address.
 */
export function hashMailbox(email: string): string | undefined {
  const text = email.trim()
  const at = text.lastIndexOf('@')
  const host = readMailDomain(text.slice(at + 1))
  const name = text.slice(0, at).toLowerCase().split('+', 1)[0]?.replaceAll('.', '') ?? ''
  if (at < 1 || host === undefined || name === '') return undefined
  return createHash('sha256').update(`${name}@${host}`).digest('hex')
}

/** A page of mailboxes that are kept out, the newest first. One query. */
export async function listBlockedMailboxes(ctx: Context, page: PageRequest): Promise<MailboxRow[]> {
  const rows = await ctx.db
    .selectFrom('blocked_mailboxes')
    .select(COLUMNS)
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
    .execute()
  return rows.toSorted((a, b) => compareIds(b.id, a.id))
}

export async function findBlockedMailbox(ctx: Context, id: Id): Promise<MailboxRow | undefined> {
  return ctx.db.selectFrom('blocked_mailboxes').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** The entry that an address falls under. */
export async function findBlockOfMailbox(ctx: Context, email: string): Promise<MailboxRow | undefined> {
  const hash = hashMailbox(email)
  if (hash === undefined) return undefined
  return ctx.db.selectFrom('blocked_mailboxes').select(COLUMNS).where('hash', '=', hash).executeTakeFirst()
}

/** Lets nobody sign up with a mailbox, however its address is written. */
export async function blockMailbox(tx: Tx, actorId: Id | null, given: NewMailbox): Promise<MailboxRow> {
  const hash = given.email ? hashMailbox(given.email) : given.hash?.trim().toLowerCase()
  if (!given.email && !given.hash) throw invalid("Validation failed: Canonical email hash can't be blank")
  if (hash === undefined || !HASH.test(hash))
    throw invalid('Validation failed: Canonical email hash is none, and the e-mail is no address')
  const now = tx.clock.now()
  const row = { id: makeId(now.getTime()), hash, created_at: now.toISOString() }
  const added = await tx.db
    .insertInto('blocked_mailboxes')
    .values(row)
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw invalid('Validation failed: Canonical email hash has already been taken')
  await note(tx, actorId, 'mailbox.block', row)
  return row
}

export async function unblockMailbox(tx: Tx, actorId: Id | null, id: Id): Promise<void> {
  const gone = await tx.db.deleteFrom('blocked_mailboxes').where('id', '=', id).returning(COLUMNS).executeTakeFirst()
  if (!gone) throw notFound()
  await note(tx, actorId, 'mailbox.allow', gone)
}

/** The log names the hash: an address there would undo what the hash is for. */
const note = (tx: Tx, actorId: Id | null, action: AuditAction, { id, hash }: MailboxRow) =>
  writeAudit(tx, { actorId, action, targetType: 'mailbox', targetId: id, label: hash.slice(0, 12) })
