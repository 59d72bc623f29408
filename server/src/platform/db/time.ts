import { sql } from 'kysely'
import type { Db } from './pool.ts'

/** What the database thinks the time is: leases and limits go by it, so it should agree with ours. */
export async function readDatabaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ ms: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`.execute(
    db,
  )
  return new Date(rows[0]?.ms ?? Number.NaN)
}

/** Runs unless another process, on whatever machine, is at the very same work: then it does nothing. */
export async function runAlone(db: Db, work: string, run: () => Promise<void>): Promise<void> {
  await db.connection().execute(async (connection) => {
    const lock = sql<{ isOurs: boolean }>`select pg_try_advisory_lock(hashtext(${`hamlet ${work}`})) as "isOurs"`
    if (!(await lock.execute(connection)).rows[0]?.isOurs) return
    try {
      await run()
    } finally {
      await sql`select pg_advisory_unlock(hashtext(${`hamlet ${work}`}))`.execute(connection)
    }
  })
}
