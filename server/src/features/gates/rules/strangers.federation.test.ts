import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

const RULES = '/api/hamlet/v1/admin/rules'
/** All of them with HAMLET_TEST_MATRIX=all. */
const MENTIONS = process.env.HAMLET_TEST_MATRIX === 'all' ? 10_000 : 500
const ACCOUNTS = MENTIONS / 20

let town: TestTown
let peer: Peer
let oda: Person
let ines: Person
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  oda = await town.person('oda', 'read write admin:read admin:write')
  ines = await town.person('ines')
  const role_id = requireRoleId('admin')
  await town.ctx.db.updateTable('users').set({ role_id }).where('id', '=', oda.userId).execute()
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await peer[Symbol.asyncDispose]()
})

const ask = (who: Person, method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: who.token, ...(json === undefined ? {} : { json }) })
const inesUri = () => `${town.url}/ap/users/${ines.accountId}`

let turnedAway = 0
/** As servers do: what is not taken at the first time is brought again. */
async function bring(activity: Record<string, unknown>, who: ReturnType<Peer['addActor']>): Promise<void> {
  for (let tries = 0; tries < 20; tries += 1) {
    if ((await peer.send(`${inesUri()}/inbox`, activity, who)) === 202) return
    turnedAway += 1
  }
  throw new Error('It was never taken')
}

/** Many accounts of one new server, each writing to one person here who knows none of them. */
async function storm(count: number, name: string): Promise<void> {
  const people = Array.from({ length: Math.max(1, Math.round(ACCOUNTS * (count / MENTIONS))) }, (_, n) =>
    peer.addActor(`${name}${n}`),
  )
  const tag = [{ type: 'Mention', href: inesUri(), name: '@ines' }]
  for (let at = 0; at < count; at += 10) {
    await Promise.all(
      Array.from({ length: Math.min(10, count - at) }, async (_, n) => {
        const who = people[(at + n) % people.length] as ReturnType<Peer['addActor']>
        const id = `${peer.url}/notes/${name}-${at + n}`
        const to = ['https://www.w3.org/ns/activitystreams#Public', inesUri()]
        const object = { id, type: 'Note', attributedTo: who.id, content: `<p>@ines look ${at + n}</p>`, to, tag }
        const activity = {
          '@context': 'https://www.w3.org/ns/activitystreams',
          id: `${id}#c`,
          type: 'Create',
          actor: who.id,
          object,
          to,
        }
        await bring(activity, who)
      }),
    )
    await town.settled()
  }
}

const count = async (table: 'statuses' | 'notifications' | 'content_rule_hits') =>
  Number(
    (
      await town.ctx.db
        .selectFrom(table)
        .select((eb) => eb.fn.countAll<string>().as('n'))
        .executeTakeFirstOrThrow()
    ).n,
  )

test(
  `${MENTIONS} mentions from strangers of one new server, against one person here`,
  { timeout: MENTIONS * 400 },
  async () => {
    const half = MENTIONS / 2
    await storm(half, 'first')
    const withDefaults = { posts: await count('statuses'), notifications: await count('notifications') }
    const listed = (await ask(ines, 'GET', '/api/v1/notifications?limit=80')).body.length as number

    // What a moderator does: one rule, written, switched on, and what came before taken away by hand if they like.
    let presses = 0
    const press = async (method: string, path: string, json: unknown) => {
      presses += 1
      const answer = await ask(oda, method, path, json)
      expect(answer.status).toBe(200)
      return answer.body
    }
    const rule = await press('POST', RULES, {
      title: 'Strangers of a new server',
      match: 'all',
      public_text: '',
      expires_at: null,
      conditions: [
        { kind: 'strangers', at_least: 1 },
        { kind: 'origin', from: 'servers', servers: [peer.host] },
      ],
      effects: [{ kind: 'reject' }],
    })
    await press('POST', `${RULES}/${rule.id}/enable`, {})
    await storm(half, 'second')
    const after = { posts: await count('statuses'), notifications: await count('notifications') }
    // What came before the rule goes with the server, where the team shuts it out: chosen, and confirmed.
    const path = `/api/web/moderation/servers/${encodeURIComponent(peer.host)}/policy`
    expect((await ask(oda, 'PUT', path, { severity: 'suspend' })).status).toBe(200)
    await town.settled()
    const left = (await ask(ines, 'GET', '/api/v1/notifications?limit=80')).body.length as number
    const dropped = await count('content_rule_hits')
    console.log(
      `${MENTIONS} mentions by ${ACCOUNTS * 2} strangers. With defaults, of ${half}: ${withDefaults.posts} posts taken in, ` +
        `${withDefaults.notifications} notifications, ${listed} listed. With one rule (${presses} presses), of ${half}: ` +
        `${after.posts - withDefaults.posts} posts, ${after.notifications - withDefaults.notifications} notifications, ${dropped} in the log. The server shut out (2 presses): ${left} listed. ${turnedAway} were turned away at the door first.`,
    )
    expect(withDefaults.posts).toBe(half)
    expect(after).toEqual(withDefaults)
    expect(dropped).toBe(half)
    expect(presses).toBe(2)
    expect(left).toBe(0)
  },
)
