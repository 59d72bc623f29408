import { sql } from 'kysely'
import { writeAudit, type AuditAction } from '#features/audit'
import { compareIds, makeId, type Id } from '#lib/id'
import { invalid, notFound } from '#lib/refusal'
import type { Context, Tx } from '#platform/context'
import { pageBounds, pageOrder, type PageRequest } from '#platform/db'
import { makeNetworkSet, readCidr } from '#platform/net'
import { NETWORKS_CHANGED } from './shut-addresses.ts'

export const severities = ['sign_up_requires_approval', 'sign_up_block', 'no_access'] as const
export type Severity = (typeof severities)[number]
export type NetworkRow = {
  id: Id
  network: string
  severity: Severity
  comment: string
  created_at: string
  expires_at: string | null
}
export type NetworkWish = {
  ip?: string | undefined
  severity?: string | undefined
  comment?: string | undefined
  /** In seconds from now; 0 and null are for ever. */
  expiresIn?: number | null | undefined
}
/** Who wishes it, and from where: nobody shuts themselves out. Null for whoever gives commands to the server itself. */
export type NetworkActor = { accountId: Id | null; ip: string | null }

const COLUMNS = [
  'id',
  'network',
  sql<Severity>`severity`.as('severity'),
  'comment',
  'created_at',
  'expires_at',
] as const
const LONGEST_COMMENT = 1_000
/** A century: PostgreSQL's own bound lies far behind it. */
const LONGEST_SECONDS = 100 * 366 * 86_400

/** A page of addresses and networks that are kept out, the newest first. One query. */
export async function listBlockedNetworks(ctx: Context, page: PageRequest): Promise<NetworkRow[]> {
  const rows = await ctx.db
    .selectFrom('blocked_networks')
    .select(COLUMNS)
    .where(pageBounds(sql.ref('id'), page))
    .orderBy('id', pageOrder(page))
    .limit(page.limit)
    .execute()
  return rows.toSorted((a, b) => compareIds(b.id, a.id))
}

export async function findBlockedNetwork(ctx: Context, id: Id): Promise<NetworkRow | undefined> {
  return ctx.db.selectFrom('blocked_networks').select(COLUMNS).where('id', '=', id).executeTakeFirst()
}

/** Keeps an address or a network out from now on; in all processes within a second. */
export async function blockNetwork(tx: Tx, actor: NetworkActor, wish: NetworkWish): Promise<NetworkRow> {
  const now = tx.clock.now()
  const read = readWish(wish, now)
  const network = requireNetwork(wish.ip ?? '')
  const severity = read.severity ?? requireSeverity('')
  requireNotOwn(actor, network, severity)
  const row = {
    id: makeId(now.getTime()),
    network,
    severity,
    comment: read.comment ?? '',
    created_at: now.toISOString(),
  }
  const added = await tx.db
    .insertInto('blocked_networks')
    .values({ ...row, expires_at: read.expires_at ?? null })
    .onConflict((conflict) => conflict.column('network').doNothing())
    .returning(COLUMNS)
    .executeTakeFirst()
  if (!added) throw isTaken()
  await note(tx, actor, 'network.block', added)
  return added
}

/** Changes what is given and leaves the rest; an end that is given counts from now. */
export async function changeBlockedNetwork(
  tx: Tx,
  actor: NetworkActor,
  id: Id,
  wish: NetworkWish,
): Promise<NetworkRow> {
  const before = await tx.db
    .selectFrom('blocked_networks')
    .select(COLUMNS)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!before) throw notFound()
  const network = wish.ip === undefined ? before.network : requireNetwork(wish.ip)
  const change = { network, ...readWish(wish, tx.clock.now()) }
  requireNotOwn(actor, network, change.severity ?? before.severity)
  const other = await tx.db
    .selectFrom('blocked_networks')
    .select('id')
    .where('network', '=', network)
    .where('id', '<>', id)
    .executeTakeFirst()
  if (other) throw isTaken()
  const after = await tx.db
    .updateTable('blocked_networks')
    .set(change)
    .where('id', '=', id)
    .returning(COLUMNS)
    .executeTakeFirstOrThrow()
  await note(tx, actor, 'network.change', after)
  return after
}

export async function unblockNetwork(tx: Tx, actor: NetworkActor, id: Id): Promise<void> {
  const gone = await tx.db.deleteFrom('blocked_networks').where('id', '=', id).returning(COLUMNS).executeTakeFirst()
  if (!gone) throw notFound()
  await note(tx, actor, 'network.allow', gone)
}

export async function pruneNetworks(ctx: Context): Promise<void> {
  await ctx.db.deleteFrom('blocked_networks').where('expires_at', '<', ctx.clock.now().toISOString()).execute()
}

function readWish({ severity, comment, expiresIn }: NetworkWish, now: Date) {
  const words = comment?.replaceAll('\0', '').toWellFormed().trim()
  if (words !== undefined && words.length > LONGEST_COMMENT)
    throw invalid(`Validation failed: Comment may have ${LONGEST_COMMENT} characters at most`)
  const seconds = expiresIn ?? 0
  if (!Number.isInteger(seconds) || seconds < 0 || seconds > LONGEST_SECONDS)
    throw invalid('Validation failed: Expires in must be a number of seconds from now')
  const expires_at = seconds === 0 ? null : new Date(now.getTime() + seconds * 1000).toISOString()
  return {
    ...(severity === undefined ? {} : { severity: requireSeverity(severity) }),
    ...(words === undefined ? {} : { comment: words }),
    ...(expiresIn === undefined ? {} : { expires_at }),
  }
}

function requireSeverity(text: string): Severity {
  const found = severities.find((one) => one === text)
  if (!found) throw invalid(`Validation failed: Severity must be one of ${severities.join(', ')}`)
  return found
}

function requireNetwork(text: string): string {
  if (text.trim() === '') throw invalid("Validation failed: Ip can't be blank")
  const network = readCidr(text)
  if (network === undefined) throw invalid('Validation failed: Ip is not an address or a network')
  return network
}

function requireNotOwn({ ip }: NetworkActor, network: string, severity: Severity): void {
  if (severity === 'no_access' && ip !== null && makeNetworkSet([network]).has(ip))
    throw invalid('Validation failed: Ip is where you are yourself: you would shut yourself out')
}

const isTaken = () => invalid('Validation failed: Ip has already been taken')

async function note(tx: Tx, { accountId }: NetworkActor, action: AuditAction, row: NetworkRow): Promise<void> {
  await writeAudit(tx, {
    actorId: accountId,
    action,
    targetType: 'network',
    targetId: row.id,
    label: row.network,
    details: { severity: row.severity, expires_at: row.expires_at },
  })
  tx.afterCommit(() => tx.streams.publish(NETWORKS_CHANGED, {}))
}
