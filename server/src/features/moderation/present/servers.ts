import { createHash } from 'node:crypto'
import type { AdminDomainAllow, AdminDomainBlock } from '@hamlet/contract/server'
import type { AllowRow, PolicyRow } from '#features/domains'

export function presentPolicy(row: PolicyRow): AdminDomainBlock {
  return {
    id: row.id,
    domain: row.host,
    digest: createHash('sha256').update(row.host).digest('hex'),
    created_at: row.created_at,
    severity: row.severity,
    reject_media: row.reject_media,
    reject_reports: row.reject_reports,
    private_comment: row.private_comment,
    public_comment: row.public_comment,
    obfuscate: row.obfuscate,
    hamlet: { expires_at: row.expires_at },
  }
}

export function presentAllow({ id, host, created_at }: AllowRow): AdminDomainAllow {
  return { id, domain: host, created_at }
}
