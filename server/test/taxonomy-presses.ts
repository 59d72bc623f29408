import { sql } from 'kysely'
import { all, first, write, type MakePress, type World } from './press.ts'

const TAGS = '/api/v1/admin/tags'
const TRENDS = '/api/v1/admin/trends'
let serial = 0

/** What the team decides of hashtags and of what is talked about, and whose data it takes away. */
export function taxonomyPresses(): Record<string, MakePress> {
  const decided = ['approve', 'reject'].flatMap((verdict): [string, MakePress][] =>
    Object.entries({ tags: tag, statuses: post, links: link, 'links/publishers': publisher }).map(([kind, make]) => [
      `POST ${TRENDS}/${kind}/:id/${verdict}`,
      async (world) => ({
        path: `${TRENDS}/${kind}/${await make(world)}/${verdict}`,
        caller: { token: world.owner.token },
        gives: all(200),
      }),
    ]),
  )
  const changed = ['PUT', 'PATCH'].map((method): [string, MakePress] => [
    `${method} ${TAGS}/:id`,
    async (world) => ({
      path: `${TAGS}/${await tag(world)}`,
      caller: { token: world.owner.token, json: { listable: false } },
      gives: all(200),
    }),
  ])
  const authors = ['approve', 'reject'].map((verdict): [string, MakePress] => [
    `POST /api/web/admin/trends/authors/:id/${verdict}`,
    async ({ owner, fresh }) => ({
      path: `/api/web/admin/trends/authors/${(await fresh()).accountId}/${verdict}`,
      caller: { token: owner.token },
      gives: all(200),
    }),
  ])
  return {
    ...Object.fromEntries([...decided, ...changed, ...authors]),
    'DELETE /api/v1/admin/accounts/:id': async ({ town, owner, fresh }) => {
      const path = `/api/v1/admin/accounts/${(await fresh()).accountId}`
      await town.call('POST', `${path}/action`, { token: owner.token, json: { type: 'suspend' } })
      return { path, caller: { token: owner.token }, gives: first(200, 403) }
    },
  }
}

async function tag({ town, fresh }: World): Promise<string> {
  const name = `pressed${(serial += 1)}`
  await write(town, await fresh(), { status: `about #${name}` })
  return (await town.call('GET', `/api/v1/tags/${name}`)).body.id
}

const post = async ({ town, fresh }: World) => write(town, await fresh())

/** A page that somebody linked; nobody answers there, so it is written down by hand. */
async function link(world: World): Promise<string> {
  const { ctx } = world.town
  const statusId = await post(world)
  const url = `https://page${(serial += 1)}.example/`
  await sql`
    insert into link_cards (id, link, url, host, title, used_at)
    values (${statusId}, ${url}, ${url}, ${new URL(url).host}, 'A page', ${ctx.clock.now().toISOString()})`.execute(
    ctx.db,
  )
  await ctx.db.insertInto('status_cards').values({ status_id: statusId, card_id: statusId }).execute()
  const row = await ctx.db
    .insertInto('trend_reviews')
    .values({ kind: 'link', subject_id: statusId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

async function publisher({ town }: World): Promise<string> {
  const row = await town.ctx.db
    .insertInto('link_publishers')
    .values({ host: `paper${(serial += 1)}.example` })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}
