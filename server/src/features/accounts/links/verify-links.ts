import { findSuspendedHosts } from '#features/domains'
import { hostOf } from '#lib/host'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context, type Tx } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import { findAccount, type AccountRow } from '../store.ts'
import { linkOfField, type Field } from './fields.ts'
import { findRelMe } from './scan-links.ts'

/** The link stands in the first megabyte of a page, or it is not found. */
const MAX_BYTES = 1024 * 1024
const PAGE_MS = 10_000
const REDIRECT_MS = 5_000
/** What was found stays good for so long, and a save that changes nothing asks no more often than this. */
const GOOD_MS = 7 * 24 * 3_600_000
const SAVE_MS = 60_000

/** Whether a page leads back; `unknown` when nobody answered, which proves nothing either way. */
type Verdict = 'leads-back' | 'does-not' | 'unknown'

/**
 * Asks the pages that an account's fields lead to whether they lead back to its profile with `rel=me`, and writes down
 * when they did (mastodon-features, verified links). A page that no longer does is no longer marked; one that cannot be
 * reached keeps what it had. No connection of the database is held while pages are fetched.
 */
export const verifyLinks: JobKind<{ accountId: Id }> = defineJob({
  name: 'accounts.verify-links',
  class: 'fetch',
  maxAttempts: 3,
  orderingKey: ({ accountId }) => `verify-links:${accountId}`,
  run: async (ctx, { accountId }) => {
    const account = await findAccount(ctx, accountId)
    if (!account || account.suspended_at || account.is_demo) return
    const verdicts = new Map<string, Verdict>()
    for (const { value } of account.fields as Field[]) {
      const link = linkOfField(value, account.is_local)
      // oxlint-disable-next-line no-await-in-loop -- four at most, and one person's job need not be quick
      if (link !== undefined && !verdicts.has(value)) verdicts.set(value, await judge(ctx, account, link))
    }
    await transact(ctx, (tx) => keepVerdicts(tx, accountId, verdicts))
  },
})

/**
 * Orders a check where one may change something: for links that are not verified, or whose check is old. `isChanged`
 * says whether these fields are others than before.
 */
export async function orderCheck(
  tx: Tx,
  account: { id: Id; isLocal: boolean; fields: readonly Field[]; checkedAt: string | null; isChanged: boolean },
): Promise<void> {
  const links = account.fields.filter(({ value }) => linkOfField(value, account.isLocal) !== undefined)
  const age = account.checkedAt === null ? Infinity : tx.clock.now().getTime() - Date.parse(account.checkedAt)
  const isUnproven = links.some((field) => field.verified_at === null)
  const restMs = isUnproven && account.isLocal ? SAVE_MS : GOOD_MS
  if (links.length > 0 && ((isUnproven && account.isChanged) || age > restMs))
    await enqueue(tx, verifyLinks, { accountId: account.id })
}

async function judge(ctx: Context, account: AccountRow, link: string): Promise<Verdict> {
  const host = hostOf(link)
  if (!host || (await findSuspendedHosts(ctx, [host])).size > 0) return 'does-not'
  try {
    const page = await ctx.net.request(link, {
      method: 'GET',
      accept: 'text/html, application/xhtml+xml',
      allowTypes: ['text/html', 'application/xhtml+xml'],
      maxBytes: MAX_BYTES,
      mayCut: true,
      timeoutMs: PAGE_MS,
    })
    if (page.status !== 200) return page.status === 404 || page.status === 410 ? 'does-not' : 'unknown'
    const links = findRelMe(page.body.toString())
    if (links.some((href) => isProfile(account, href))) return 'leads-back'
    return (await redirectsBack(ctx, account, links[0])) ? 'leads-back' : 'does-not'
  } catch (error) {
    if (error instanceof Refusal) return 'unknown'
    throw error
  }
}

/** Mastodon compares without regard to case, and knows the address for eyes alone; ours may be named by either. */
function isProfile({ url, uri }: AccountRow, href: string): boolean {
  return [url, uri].some((own) => own?.toLowerCase() === href.toLowerCase())
}

/** A first link that is no profile may be a short address that leads to it: one step of it is looked at. */
async function redirectsBack(ctx: Context, account: AccountRow, href: string | undefined): Promise<boolean> {
  if (href === undefined || !/^https?:/i.test(href)) return false
  try {
    const answer = await ctx.net.request(href, {
      method: 'HEAD',
      maxBytes: 1024,
      keepsRedirect: true,
      timeoutMs: REDIRECT_MS,
    })
    return isProfile(account, answer.headers.location ?? '')
  } catch (error) {
    if (error instanceof Refusal) return false
    throw error
  }
}

/** The profile may have changed meanwhile: what was asked about counts for fields that still say the same. */
async function keepVerdicts(tx: Tx, accountId: Id, verdicts: ReadonlyMap<string, Verdict>): Promise<void> {
  const now = tx.clock.now().toISOString()
  const row = await tx.db
    .selectFrom('accounts')
    .select('fields')
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return
  const fields = (row.fields as Field[]).map((field) => {
    const verdict = verdicts.get(field.value) ?? 'unknown'
    if (verdict === 'unknown') return field
    return { ...field, verified_at: verdict === 'leads-back' ? now : null }
  })
  await tx.db
    .updateTable('accounts')
    .set((eb) => ({ fields: JSON.stringify(fields), links_checked_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', accountId)
    .execute()
}
