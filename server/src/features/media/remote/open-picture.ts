import { hostOf } from '#lib/host'
import type { Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { sql } from 'kysely'
import { transact, type Context, type Tx } from '#platform/context'
import { enqueue } from '#platform/jobs'
import { isSignedBy, signPicture, type PictureVariant, type OriginPicture } from './address.ts'
import { fetchPicture, hasSmall, pictureChannel } from './fetch-picture.ts'
import { forgetPictures } from './forget-pictures.ts'
import { findPicture, hasShutHost, notePictureAsked, type PictureRow } from './store.ts'

/**
 * Whose picture it is, and the server that names it, which need not be the one that keeps the file. Emoji and link
 * previews belong to no account.
 */
export type PictureSource = OriginPicture & { accountId: Id | null; accountHost: string }

/** `missing`: there is none now; `retryS` are the seconds after which asking again may help. */
export type OpenedPicture =
  | { state: 'kept'; extension: string; content: Buffer }
  | { state: 'missing'; isOrdered: boolean; retryS: number }

/** How long whoever asks first waits for the other server. No connection of the database is held meanwhile. */
const WAIT_MS = 4_000
/** A job ends its order, whatever came of it; one that was given up, since the fault was ours, does not. */
const ORDER_LOST_MS = 10 * 60_000

/**
 * A picture of another server, from here: kept already, or fetched now, once for all who ask at the same time. Refuses
 * addresses that we did not make, and what the team shut out.
 */
export async function openPicture(
  ctx: Context,
  source: PictureSource,
  { signature, variant }: { signature: string; variant: PictureVariant },
): Promise<OpenedPicture> {
  const host = hostOf(source.url)
  if (!host || !isSignedBy(ctx, source, signature)) throw notFound()
  if (variant === 'small' && !hasSmall(source.kind)) throw notFound()
  if (await hasShutHost(ctx, [host, source.accountHost])) throw notFound()
  const known = await findPicture(ctx, signature)
  const kept = known && (await readKept(ctx, known, variant))
  if (kept) return kept
  const outcome = await bring(ctx, source, { signature, host })
  return (outcome && (await readKept(ctx, outcome, variant))) ?? missing(ctx, outcome)
}

async function readKept(ctx: Context, row: PictureRow, variant: PictureVariant): Promise<OpenedPicture | undefined> {
  const key = variant === 'small' ? row.small_key : row.original_key
  if (key === null) return undefined
  const content = await ctx.blobs.get(key)
  if (!content) {
    // The file was lost, with the disk or by hand: it is fetched again.
    await transact(ctx, (tx) => forgetPictures(tx, sql`signature = ${row.signature}`))
    return undefined
  }
  await notePictureAsked(ctx, row)
  return { state: 'kept', extension: key.slice(key.lastIndexOf('.') + 1), content }
}

/** Has it fetched unless it rests, and waits a while; gives its row as it is then. */
async function bring(
  ctx: Context,
  source: PictureSource,
  { signature, host }: { signature: string; host: string },
): Promise<PictureRow | undefined> {
  const outcome = listenFor(ctx, signature)
  try {
    await transact(ctx, (tx) => order(tx, source, { signature, host }))
    const row = await findPicture(ctx, signature)
    if (row?.ordered_at == null) return row
    await outcome.heard
    return await findPicture(ctx, signature)
  } finally {
    outcome.stop()
  }
}

/** Begins to listen at once, so that an outcome that is quicker than we are is not missed. */
function listenFor(ctx: Context, signature: string): { heard: Promise<void>; stop: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, WAIT_MS)
  const unhear = ctx.streams.subscribe(pictureChannel(signature), () => resolve())
  const stop = () => {
    clearTimeout(timer)
    unhear()
  }
  return { heard: promise, stop }
}

/** Has a picture fetched although nobody looks yet, where its sizes are to be known beforehand. What is kept stays. */
export async function orderPicture(tx: Tx, source: PictureSource): Promise<void> {
  const host = hostOf(source.url)
  if (host) await order(tx, source, { signature: signPicture(tx, source), host })
}

/** One job, however many ask; none while it rests after a failure. */
async function order(
  tx: Tx,
  { kind, subjectId, accountId, accountHost, url }: PictureSource,
  { signature, host }: { signature: string; host: string },
): Promise<void> {
  const now = tx.clock.now()
  const at = now.toISOString()
  const lost = new Date(now.getTime() - ORDER_LOST_MS).toISOString()
  const ordered = await sql`
    insert into remote_pictures (signature, kind, subject_id, account_id, account_host, url, host, asked_at, ordered_at)
    values (${signature}, ${kind}, ${subjectId}, ${accountId}, ${accountHost}, ${url}, ${host}, ${at}, ${at})
    on conflict (signature) do update set ordered_at = excluded.ordered_at, asked_at = excluded.asked_at
    where remote_pictures.original_key is null
      and (remote_pictures.retry_at is null or remote_pictures.retry_at <= ${at}::timestamptz)
      and (remote_pictures.ordered_at is null or remote_pictures.ordered_at < ${lost}::timestamptz)
    returning signature`.execute(tx.db)
  if (ordered.rows.length > 0) await enqueue(tx, fetchPicture, { signature })
}

const SOON_S = 5

function missing(ctx: Context, row: PictureRow | undefined): OpenedPicture {
  const restMs = row?.retry_at ? Date.parse(row.retry_at) - ctx.clock.now().getTime() : 0
  const isOrdered = row?.ordered_at != null
  return { state: 'missing', isOrdered, retryS: isOrdered ? SOON_S : Math.max(SOON_S, Math.ceil(restMs / 1000)) }
}
