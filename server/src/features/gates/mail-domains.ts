import { sql } from 'kysely'
import { writeAudit } from '#features/audit'
import { readHost } from '#lib/host'
import { compareIds, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'

export type NewMailDomain = { domain: string; allowWithApproval: boolean }
export type MailDomainRow = { id: Id; host: string; allow_with_approval: boolean; created_at: string }

const COLUMNS = ['id', 'host', 'allow_with_approval', 'created_at'] as const
/** Labels of RFC 1035, 2.3.4, with the underscore that some have all the same. A port or an IPv6 address is none. */
const NAME = /^[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*$/
const ADDRESS = /^[\d.]+$/
const LONGEST = 253

/** The A-label of a mail domain in lower case; undefined for what is no name, such as the address of a machine. */
export function readMailDomain(text: string): string | undefined {
  const host = readHost(text.trim().replace(/^@/, ''))
  const isName = host !== undefined && host.length <= LONGEST && NAME.test(host) && !ADDRESS.test(host)
  return isName ? host : undefined
}

/** A domain and all that it lies under: `a.b.example`, `b.example`, `example`. */
export function withParents(host: string): string[] {
  const labels = host.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/** A page of mail domains that are kept out, the newest first. One query. */
export async function listBlockedMailDomains(ctx: Context, page: PageRequest): Promise<MailDomainRow[]> {
  const rows = await ctx.db
    .selectFrom('blocked_mail_domains')
    .select(COLUMNS)
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
    .execute()
  return rows.toSorted((a, b) => compareIds(b.id, a.id))
}

export async function findBlockedMailDomain(ctx: Context, id: Id): Promise<MailDomainRow | undefined> {
  return ctx.db.selectFrom('blocked_mail_domains').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** Keeps out addresses of a domain and of all below it from now on; whoever is here already stays. */
export async function blockMailDomain(tx: Tx, actorId: Id | null, given: NewMailDomain): Promise<MailDomainRow> {
  if (given.domain.trim() === '') throw invalid("Validation failed: Domain can't be blank")
  const host = readMailDomain(given.domain)
  if (host === undefined) throw invalid('Validation failed: Domain is not a valid domain name')
  const now = tx.clock.now()
  const row = {
    id: makeId(now.getTime()),
    host,
    allow_with_approval: given.allowWithApproval,
    created_at: now.toISOString(),
  }
  const added = await tx.db
    .insertInto('blocked_mail_domains')
    .values(row)
    .onConflict((conflict) => conflict.column('host').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!added) throw invalid('Validation failed: Domain has already been taken')
  const action = given.allowWithApproval ? 'mail-domain.hold' : 'mail-domain.block'
  await writeAudit(tx, { actorId, action, targetType: 'mail-domain', targetId: row.id, label: host })
  return row
}

export async function unblockMailDomain(tx: Tx, actorId: Id | null, id: Id): Promise<void> {
  const gone = await tx.db.deleteFrom('blocked_mail_domains').where('id', '=', id).returning('host').executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, {
    actorId,
    action: 'mail-domain.allow',
    targetType: 'mail-domain',
    targetId: id,
    label: gone.host,
  })
}
