import { writeAudit } from '#features/audit'
import { readHost } from '#lib/host'
import { makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { findLocalDomain } from './store.ts'

export type Severity = 'noop' | 'silence' | 'suspend'

export async function listDomainPolicies(ctx: Context) {
  return ctx.db
    .selectFrom('domain_policies')
    .select(['id', 'host', 'severity', 'public_comment', 'private_comment', 'created_at'])
    .orderBy('host')
    .limit(1000)
    .execute()
}

/** Treats another server otherwise from now on; pressed again with another severity, that one holds. */
export async function setDomainPolicy(
  tx: Tx,
  actorId: Id,
  host: string,
  policy: { severity: Severity; publicComment?: string; privateComment?: string },
): Promise<void> {
  const read = readHost(host)
  if (!read) throw invalid('Validation failed: Domain is not a valid domain name')
  if (read === (await findLocalDomain(tx))?.host) throw invalid('Validation failed: Domain is our own')
  const now = tx.clock.now()
  const values = {
    severity: policy.severity,
    public_comment: policy.publicComment ?? '',
    private_comment: policy.privateComment ?? '',
  }
  await tx.db
    .insertInto('domain_policies')
    .values({ id: makeId(now.getTime()), host: read, created_at: now.toISOString(), ...values })
    .onConflict((conflict) => conflict.column('host').doUpdateSet(values))
    .execute()
  await writeAudit(tx, { actorId, action: `domain.${policy.severity}`, targetType: 'domain', label: read })
}

export async function removeDomainPolicy(tx: Tx, actorId: Id, host: string): Promise<void> {
  const gone = await tx.db.deleteFrom('domain_policies').where('host', '=', host).returning('host').executeTakeFirst()
  if (!gone) throw notFound()
  await writeAudit(tx, { actorId, action: 'domain.allow', targetType: 'domain', label: gone.host })
}
