import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { openDatabase } from '#platform/db'
import { makeLog } from '#platform/log'
import { makeTownDatabase } from '#test/test-town'

test('a connection that is cut while somebody holds it breaks their next statement, and nothing else', async () => {
  const database = await makeTownDatabase()
  const open = openDatabase(
    database.url,
    makeLog(() => {}),
  )
  await open.db.connection().execute(async (own) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(own)
    await sql`select pg_terminate_backend(${rows[0]?.pid}::int)`.execute(open.db)
    await new Promise((done) => setTimeout(done, 100))
    await expect(sql`select 1`.execute(own)).rejects.toThrow(/./)
  })
  expect((await sql<{ one: number }>`select 1 as one`.execute(open.db)).rows).toEqual([{ one: 1 }])
  await open.close()
  await database.drop()
})
