import type { Insertable } from 'kysely'
import { makeId, type Id } from '#lib/id'
import type { Context } from '#platform/context'
import type { DB } from '#platform/db'

const TRIES = 5

/** Ids hold 16 random bits a millisecond, so a clash is rare and simply tried again. */
export async function insertMedia(ctx: Context, row: Omit<Insertable<DB['media']>, 'id'>): Promise<Id> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const id = makeId(Date.parse(row.created_at))
    const inserted = await ctx.db
      .insertInto('media')
      .values({ id, ...row })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted) return inserted.id
  }
  throw new Error('No free id was found for an upload')
}
