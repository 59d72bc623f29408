import { sql } from 'kysely'
import type { Db } from './pool.ts'

/** What the database thinks the time is: leases and limits go by it, so it should agree with ours. */
export async function readDatabaseTime(db: Db): Promise<Date> {
  const { rows } = await sql<{ ms: number }>`select extract(epoch from clock_timestamp())::float8 * 1000 as ms`.execute(
    db,
  )
  return new Date(rows[0]?.ms ?? Number.NaN)
}
