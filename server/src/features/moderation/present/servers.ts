import { createHash } from 'node:crypto'
import type { AdminDomainAllow, AdminDomainBlock, DomainDraft, ServerCase, ServerItem } from '@hamlet/contract/server'
import { findOpinions, findPurge, listNotes, type AllowRow, type DraftRow, type PolicyRow } from '#features/domains'
import { presentAccounts } from '#features/profiles'
import { findTies } from '#features/relationships'
import type { Context } from '#platform/context'
import { countFollowsWith, isProtected } from '../servers/lists.ts'
import type { ServerRow } from '../servers/list-servers.ts'

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

/** It fails when nothing has come through for a while; who was never sent anything is silent. */
function presentDelivery({ failures, waiting, last_success_at }: ServerRow): ServerItem['delivery'] {
  const state = failures > 0 ? 'failing' : last_success_at === null ? 'silent' : 'ok'
  return { state, waiting, last_success_at }
}

export function presentServer(row: ServerRow): ServerItem {
  const { host, first_seen_at, is_allowed, people, following, followers, reports, lists } = row
  const policy = row.policy && presentPolicy(row.policy)
  const facts = { people, following, followers, reports, lists }
  return { host, first_seen_at, policy, is_allowed, ...facts, delivery: presentDelivery(row) }
}

/** A server is taken away only when nothing comes from it: it is shut out, or does not answer. */
export const mayPurge = ({ policy, failures, people }: ServerRow) =>
  people > 0 && (policy?.severity === 'suspend' || failures >= SILENT_AFTER)

const SILENT_AFTER = 5

export async function presentCaseOf(ctx: Context, row: ServerRow): Promise<ServerCase> {
  const ties = await findTies(ctx, row.host)
  const notes = await listNotes(ctx, row.host)
  const authors = notes.flatMap((note) => note.author_account_id ?? [])
  const accounts = await presentAccounts(ctx, [...ties.named.map((one) => one.accountId), ...authors])
  const purge = await findPurge(ctx, row.host)
  return {
    server: presentServer(row),
    ties: {
      ...ties,
      named: ties.named.flatMap(({ accountId, following, followers }) => {
        const account = accounts.get(accountId)
        return account ? [{ account, following, followers }] : []
      }),
    },
    notes: notes.map(({ id, author_account_id, text, created_at }) => {
      const author = author_account_id === null ? undefined : accounts.get(author_account_id)
      return { id, author: author?.acct ?? null, text, created_at }
    }),
    opinions: await findOpinions(ctx, row.host),
    purge: purge ? { total: purge.accounts_total, gone: purge.accounts_gone, finished_at: purge.finished_at } : null,
    may_purge: mayPurge(row),
  }
}

export async function presentDrafts(ctx: Context, rows: readonly DraftRow[]): Promise<DomainDraft[]> {
  const follows = await countFollowsWith(
    ctx,
    rows.map((row) => row.host),
  )
  return rows.map((row) => {
    const { id, host, change, severity, reject_media, reject_reports, reason, today, lists } = row
    const count = follows.get(host) ?? 0
    const wanted = { severity, reject_media, reject_reports, reason, today, lists }
    return { id, host, change, ...wanted, follows: count, is_protected: isProtected(row, count) }
  })
}
