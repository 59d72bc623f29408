import { sql } from 'kysely'
import { openContext } from '../server/src/app/context.ts'
import { createApplication, createToken } from '../server/src/features/oauth/index.ts'
import { requireRoleId } from '../server/src/features/roles/index.ts'
import { createUser } from '../server/src/features/users/index.ts'
import { readConfig } from '../server/src/platform/config/index.ts'
import { transact, type Context } from '../server/src/platform/context/index.ts'
import { makeLog } from '../server/src/platform/log/index.ts'
import type { TownProcess } from './town-process.ts'

/** Somebody who lives in a town, with a token that an app of theirs would hold. */
export type Person = {
  username: string
  accountId: string
  token: string
  /** Where their town answers. */
  url: string
  /** `name@host`, as other towns know them. */
  handle: string
  /** The address of their actor. */
  uri: string
}

/** A town seen from within, beside its running server, as the `hamlet` command sees it. Survives the server's death. */
export type Inside = AsyncDisposable & {
  ctx: Context
  /** Makes people who can sign in; one connection for all, where the command would take one each. */
  people<N extends string>(...usernames: N[]): Promise<Record<N, Person>>
  /** Deliveries to a host that are still to be made, and jobs: all, or those that are due and not put off after a failure. */
  countOpenWork(towards: string, jobs: 'all' | 'due'): Promise<number>
}

const SCOPES = 'read write follow'

export async function openInside(town: TownProcess): Promise<Inside> {
  const config = readConfig({ ...process.env, ...town.environment })
  const log = makeLog((line) => process.stderr.write(`${line}\n`), 'error')
  const open = await openContext({ config, log })
  const { ctx } = open
  return {
    ctx,
    people: async <N extends string>(...usernames: N[]) => {
      const made: [string, Person][] = []
      for (const username of usernames) made.push([username, await makePerson(ctx, username)])
      return Object.fromEntries(made) as Record<N, Person>
    },
    countOpenWork: async (towards, jobs) => {
      const found = await sql<{ count: number }>`
        select ((select count(*) from jobs where failed_at is null and (${jobs === 'all'} or run_at <= now()))
          + (select count(*) from deliveries where state = 'waiting' and host = ${towards}))::int as count`.execute(
        ctx.db,
      )
      return found.rows[0]?.count ?? 0
    },
    [Symbol.asyncDispose]: () => open.close(),
  }
}

async function makePerson(ctx: Context, username: string): Promise<Person> {
  return transact(ctx, async (tx) => {
    const email = `${username}@example.org`
    const roleId = requireRoleId('user')
    const made = await createUser(tx, { username, email, roleId, confirmed: true })
    const app = await createApplication(tx, {
      name: 'a tool',
      redirectUris: ['urn:ietf:wg:oauth:2.0:oob'],
      scopes: SCOPES,
    })
    const token = await createToken(tx, {
      applicationId: app.id,
      scopes: SCOPES,
      userId: made.userId,
      accountId: made.accountId,
    })
    return {
      username,
      accountId: made.accountId,
      token: token.access_token,
      url: ctx.config.url,
      handle: `${username}@${ctx.config.domain}`,
      uri: `${ctx.config.url}/ap/users/${made.accountId}`,
    }
  })
}
