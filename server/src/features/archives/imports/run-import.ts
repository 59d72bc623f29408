import { sql } from 'kysely'
import type { Id } from '#lib/id'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { defineJob, enqueue, type JobKind } from '#platform/jobs'
import { describeError } from '#platform/log'
import { prepareRow } from './bring-row.ts'
import type { ImportKind, ImportRow } from './kinds.ts'
import { removeOthers } from './remove-others.ts'
import { findImport } from './store.ts'

/** So many rows in one go, and so many questions to other servers; then others have their turn. */
const ROWS = 200
const QUESTIONS = 20
const REST_MS = 10_000

type Payload = { importId: Id; accountId: Id }

/**
 * Brings the rows of a file here, one transaction each, which notes that the row is done: whatever ends this in the
 * middle, no row is done twice and none is left out. Goes on by another job after a while.
 */
export const runImport: JobKind<Payload> = defineJob<Payload>({
  name: 'archives.run-import',
  class: 'fetch',
  // One file of a person after another: of two at once each would find the other's half.
  orderingKey: ({ accountId }) => `import:${accountId}`,
  run: async (ctx, payload) => {
    const one = await findImport(ctx, payload.importId)
    if (one?.state !== 'running') return
    if (one.mode === 'overwrite' && one.removed_at === null) await removeOthers(ctx, one)
    const rows = await listOpen(ctx, one.id)
    let asked = 0
    for (const { position, data } of rows) {
      // oxlint-disable-next-line no-await-in-loop -- one row after another, so that a server is not asked twice at once
      if (await bringRow(ctx, one, { position, data })) asked += 1
      if (asked >= QUESTIONS) break
    }
    await goOn(ctx, payload, asked)
  },
})

async function listOpen(ctx: Context, importId: Id) {
  const found = await sql<{ position: number; data: ImportRow }>`
    select position, data from import_rows where import_id = ${importId} and outcome is null
    order by position limit ${ROWS}`.execute(ctx.db)
  return found.rows
}

type Of = { id: Id; account_id: Id; kind: ImportKind }

/** True when another server was asked. */
async function bringRow(ctx: Context, one: Of, { position, data }: { position: number; data: ImportRow }) {
  const question = { asked: false }
  try {
    const bring = await prepareRow(ctx, one, data, question)
    await transact(ctx, async (tx) => {
      const open = await sql`
        update import_rows set outcome = 'done' where import_id = ${one.id} and position = ${position} and outcome is null
        returning position`.execute(tx.db)
      if (open.rows.length > 0) await bring(tx)
    })
  } catch (error) {
    if (!(error instanceof Refusal))
      ctx.log.warn('a row of a file failed', { importId: one.id, ...describeError(error) })
    const reason = error instanceof Refusal ? error.message : 'Something went wrong here'
    await sql`update import_rows set outcome = 'failed', reason = ${reason.slice(0, 300)}
      where import_id = ${one.id} and position = ${position} and outcome is null`.execute(ctx.db)
  }
  return question.asked
}

async function goOn(ctx: Context, payload: Payload, asked: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const now = tx.clock.now()
    const left = await listOpen(tx, payload.importId)
    if (left.length > 0) {
      const later = asked >= QUESTIONS ? new Date(now.getTime() + REST_MS) : undefined
      return enqueue(tx, runImport, payload, later)
    }
    await tx.db
      .updateTable('imports')
      .set({ state: 'finished', finished_at: now.toISOString() })
      .where('id', '=', payload.importId)
      .where('state', '=', 'running')
      .execute()
  })
}
