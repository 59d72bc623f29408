import { writeAudit } from '#features/audit'
import { readHost } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound, Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineEvent, emit } from '#platform/events'
import { defineJob, enqueue } from '#platform/jobs'
import { findPoliciesFor, findPolicy, findPolicyOf, type PolicyRow, type Severity } from './store.ts'

/** A server and those below its name are treated otherwise from now on. */
export const serverPolicyChanged = defineEvent<{ host: string }>('domains.policy-changed')

export type PolicyWish = {
  severity: Severity
  rejectMedia: boolean
  rejectReports: boolean
  obfuscate: boolean
  privateComment: string
  publicComment: string
  /** Null is never. */
  expiresAt: Date | null
}

const usual: PolicyWish = {
  severity: 'silence',
  rejectMedia: false,
  rejectReports: false,
  obfuscate: false,
  privateComment: '',
  publicComment: '',
  expiresAt: null,
}

/** The name of another server; refuses what is none, and our own. */
export function requireOtherHost(ctx: Context, text: string): string {
  const host = readHost(text)
  if (!host) throw invalid('Validation failed: Domain is not a valid domain name')
  if (isOwn(ctx, host)) throw invalid('Validation failed: Domain is our own')
  return host
}

/** True for our names, and for what they lie under: whoever shuts out `example` would shut out `social.example`. */
export function isOwn(ctx: Context, host: string): boolean {
  return [ctx.config.domain, new URL(ctx.config.url).host].some((own) => own === host || own.endsWith(`.${host}`))
}

/** Whether one policy lets through nothing that the other keeps out (Mastodon's comparison). */
export function isStricter(one: PolicyWish, other: PolicyRow): boolean {
  if (one.severity === 'suspend') return true
  if (other.severity === 'suspend') return false
  if (other.severity === 'silence' && one.severity === 'noop') return false
  return (one.rejectMedia || !other.reject_media) && (one.rejectReports || !other.reject_reports)
}

const rowOf = (wish: PolicyWish) => ({
  severity: wish.severity,
  reject_media: wish.rejectMedia,
  reject_reports: wish.rejectReports,
  obfuscate: wish.obfuscate,
  private_comment: wish.privateComment,
  public_comment: wish.publicComment,
  expires_at: wish.expiresAt?.toISOString() ?? null,
})

/** Carries the policy that stands in the way, for the answer of the admin API. */
export class PolicyStands extends Refusal {
  readonly existing: PolicyRow
  constructor(existing: PolicyRow) {
    const isSame =
      'Validation failed: Domain is on the list already, itself or under a name that is treated as strictly'
    super('invalid', isSame)
    this.existing = existing
  }
}

/** Writes a new policy; refuses where the same name has one, or where one above is as strict (mastodon-api 1.17). */
export async function createDomainPolicy(
  tx: Tx,
  actorId: Id | null,
  text: string,
  wish: Partial<PolicyWish>,
): Promise<PolicyRow> {
  const whole = { ...usual, ...wish }
  if (text.trim() === '') throw invalid("Validation failed: Domain can't be blank")
  const host = requireOtherHost(tx, text)
  const stands = (await findPoliciesFor(tx, [host])).get(host)
  if (stands && (stands.host === host || !isStricter(whole, stands))) throw new PolicyStands(stands)
  const now = tx.clock.now()
  const added = await tx.db
    .insertInto('domain_policies')
    .values({ id: makeId(now.getTime()), host, created_at: now.toISOString(), ...rowOf(whole) })
    .onConflict((conflict) => conflict.column('host').doNothing())
    .returning('id')
    .executeTakeFirst()
  const row = await findPolicyOf(tx, host)
  if (!row) throw notFound()
  if (!added) throw new PolicyStands(row)
  await settle(tx, actorId, row)
  return row
}

/** Changes what is named and leaves the rest. */
export async function changeDomainPolicy(
  tx: Tx,
  actorId: Id | null,
  id: Id,
  wish: Partial<PolicyWish>,
): Promise<PolicyRow> {
  const before = await findPolicy(tx, id)
  if (!before) throw notFound()
  const whole = { ...wishOf(before), ...wish }
  await tx.db
    .updateTable('domain_policies')
    // Decided by hand, unless whoever accepts it from a list says so after.
    .set({ ...rowOf(whole), list_id: null, updated_at: tx.clock.now().toISOString() })
    .where('id', '=', id)
    .execute()
  const row = await findPolicy(tx, id)
  if (!row) throw notFound()
  await settle(tx, actorId, row)
  return row
}

export const wishOf = (row: PolicyRow): PolicyWish => ({
  severity: row.severity,
  rejectMedia: row.reject_media,
  rejectReports: row.reject_reports,
  obfuscate: row.obfuscate,
  privateComment: row.private_comment,
  publicComment: row.public_comment,
  expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
})

/** Treats another server otherwise from now on; pressed again with another severity, that one holds. */
export async function setDomainPolicy(
  tx: Tx,
  actorId: Id | null,
  host: string,
  wish: Partial<PolicyWish>,
): Promise<PolicyRow> {
  const read = requireOtherHost(tx, host)
  const now = tx.clock.now()
  await tx.db
    .insertInto('domain_policies')
    .values({ id: makeId(now.getTime()), host: read, created_at: now.toISOString(), ...rowOf(usual) })
    .onConflict((conflict) => conflict.column('host').doNothing())
    .execute()
  const row = await findPolicyOf(tx, read)
  if (!row) throw notFound()
  return changeDomainPolicy(tx, actorId, row.id, wish)
}

async function settle(tx: Tx, actorId: Id | null, row: PolicyRow): Promise<void> {
  await writeAudit(tx, {
    actorId,
    action: `domain.${row.severity}`,
    targetType: 'domain',
    targetId: row.id,
    label: row.host,
    details: { rejectMedia: row.reject_media, rejectReports: row.reject_reports, expiresAt: row.expires_at },
  })
  await emit(tx, serverPolicyChanged, { host: row.host })
  if (row.expires_at !== null) await enqueue(tx, endPolicy, { policyId: row.id }, new Date(row.expires_at))
}

export async function removeDomainPolicy(tx: Tx, actorId: Id | null, host: string): Promise<void> {
  const gone = await tx.db
    .deleteFrom('domain_policies')
    .where('host', '=', host)
    .returning(['id', 'host'])
    .executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, { actorId, action: 'domain.allow', targetType: 'domain', targetId: gone.id, label: gone.host })
  await emit(tx, serverPolicyChanged, { host: gone.host })
}

/** A policy with an end: what was put off meanwhile waits for its own job. */
export const endPolicy = defineJob<{ policyId: Id }>({
  name: 'domains.end-policy',
  run: (ctx, { policyId }) =>
    transact(ctx, async (tx) => {
      const row = await findPolicy(tx, policyId)
      const isOver = row?.expires_at && Date.parse(row.expires_at) <= tx.clock.now().getTime()
      if (row && isOver) await removeDomainPolicy(tx, null, row.host)
    }),
})
