import type { AdminCanonicalEmailBlock, AdminEmailDomainBlock, AdminIpBlock, BlockedName } from '@hamlet/contract/gate'
import type { Context } from '#platform/context'
import { listMailAttempts } from './attempts.ts'
import type { MailboxRow } from './mailboxes.ts'
import type { MailDomainRow } from './mail-domains.ts'
import type { NameRow } from './names.ts'
import type { NetworkRow } from './networks.ts'

export function presentBlockedName({ id, pattern, comparison, allow_with_approval, created_at }: NameRow): BlockedName {
  return { id, pattern, comparison, allow_with_approval, created_at }
}

/**
 * Domains with their week of attempts, in one query. Each attempt counts as one account and one use: who came twice is
 * not known, since no address of a machine is kept.
 */
export async function presentMailDomains(
  ctx: Context,
  rows: readonly MailDomainRow[],
): Promise<AdminEmailDomainBlock[]> {
  const attemptsOf = await listMailAttempts(
    ctx,
    rows.map((row) => row.host),
  )
  return rows.map(({ id, host, allow_with_approval, created_at }) => ({
    id,
    domain: host,
    created_at,
    history: attemptsOf(host).map(({ day, count }) => ({
      day: String(Date.parse(day) / 1000),
      accounts: String(count),
      uses: String(count),
    })),
    allow_with_approval,
  }))
}

export function presentBlockedNetwork({
  id,
  network,
  severity,
  comment,
  created_at,
  expires_at,
}: NetworkRow): AdminIpBlock {
  return { id, ip: network, severity, comment, created_at, expires_at }
}

export function presentBlockedMailbox({ id, hash }: MailboxRow): AdminCanonicalEmailBlock {
  return { id, canonical_email_hash: hash }
}
