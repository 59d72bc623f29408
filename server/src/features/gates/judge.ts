import { sql } from 'kysely'
import { readSettings } from '#features/settings'
import type { Context } from '#platform/context'
import { readCidr } from '#platform/net'
import { countMailAttempt } from './attempts.ts'
import { isDisposable } from './disposable.ts'
import { readMailDomain, withParents } from './mail-domains.ts'
import { findBlockOfMailbox } from './mailboxes.ts'
import { skeletonOf } from './skeleton.ts'
import { judge, type Facts, type Hold, type Verdict } from './verdict.ts'

export type Newcomer = {
  username: string
  email: string
  /** Where the machine is that asks; absent for whoever comes by another way. */
  ip?: string | undefined
}

const holdOf = (mayAsk: boolean | undefined): Hold | undefined =>
  mayAsk === undefined ? undefined : mayAsk ? 'approval' : 'refuse'

/**
 * Whether somebody may sign up with a name and an address, from where they are. People whom an operator lets in at set-up
 * or by the command line pass no gate. Six queries at most.
 */
export async function judgeSignUp(ctx: Context, who: Newcomer): Promise<Verdict> {
  const [name, network, mail] = [
    await readName(ctx, who.username),
    await readNetwork(ctx, who.ip),
    await readMail(ctx, who.email),
  ]
  return judge({ name, network, ...mail })
}

/** The same of an address alone, for members who change theirs. */
export async function judgeMail(ctx: Context, email: string): Promise<Verdict> {
  return judge(await readMail(ctx, email))
}

async function readName(ctx: Context, username: string): Promise<Hold | undefined> {
  const skeleton = skeletonOf(username)
  const found = await sql<{ allow_with_approval: boolean }>`
    select allow_with_approval from blocked_names
    where (comparison = 'exact' and skeleton = ${skeleton})
      or (comparison = 'contains' and strpos(${skeleton}, skeleton) > 0)
    order by allow_with_approval limit 1`.execute(ctx.db)
  return holdOf(found.rows[0]?.allow_with_approval)
}

/** Of a small network in a large one both count, and the stricter holds. */
async function readNetwork(ctx: Context, ip: string | undefined): Promise<Hold | undefined> {
  const address = readCidr(ip ?? '')
  if (address === undefined) return undefined
  const now = ctx.clock.now().toISOString()
  const found = await sql<{ may_ask: boolean | null }>`
    select bool_and(severity = 'sign_up_requires_approval') as may_ask from blocked_networks
    where network >>= ${address}::inet and (expires_at is null or expires_at > ${now})`.execute(ctx.db)
  return holdOf(found.rows[0]?.may_ask ?? undefined)
}

async function readMail(ctx: Context, email: string): Promise<Facts> {
  const host = readMailDomain(email.slice(email.lastIndexOf('@') + 1))
  if (host === undefined) return { isNoAddress: true }
  const mail = await readDomains(ctx, [host])
  // Nobody's name server is asked for somebody who is refused already, or where nothing is kept out.
  const hosts = mail.hold !== 'refuse' && mail.hasAny ? await ctx.net.resolveMail(host) : []
  const exchanger = hosts.length > 0 ? await readDomains(ctx, hosts) : undefined
  const found = [...mail.found, ...(exchanger?.found ?? [])]
  if (found.length > 0) await countMailAttempt(ctx, [...new Set(found)])
  const { disposable_mail: wish } = await readSettings(ctx)
  const isCaught = wish !== 'allow' && isDisposable(host)
  return {
    mail: mail.hold,
    exchanger: exchanger?.hold,
    disposable: isCaught ? wish : undefined,
    mailbox: (await findBlockOfMailbox(ctx, email)) ? 'refuse' : undefined,
  }
}

/** Which blocked domains some hosts lie in, and whether anything is blocked at all. One query. */
async function readDomains(ctx: Context, hosts: readonly string[]) {
  const names = [...new Set(hosts.flatMap(withParents))]
  const { rows } = await sql<{ host: string | null; may_ask: boolean; has_any: boolean }>`
    select b.host, b.allow_with_approval as may_ask, any_row.has_any
    from (select exists (select 1 from blocked_mail_domains) as has_any) any_row
    left join blocked_mail_domains b on b.host = any(${names}::text[])`.execute(ctx.db)
  const found = rows.flatMap((row) => (row.host === null ? [] : [row]))
  return {
    found: found.map((row) => row.host as string),
    hold: found.length === 0 ? undefined : holdOf(found.every((row) => row.may_ask)),
    hasAny: rows[0]?.has_any ?? false,
  }
}
