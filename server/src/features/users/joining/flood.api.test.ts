import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { requireRoleId } from '#features/roles'
import { writeSetting } from '#features/settings'
import { openBrowser } from '#test/browser'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { WORK_BITS } from './stamp.ts'

const IS_WHOLE = process.env.HAMLET_TEST_MATRIX === 'all'
const TOTAL = IS_WHOLE ? 1_000 : 100
/** A thousand in an hour, whatever part of it is played. */
const PAUSE_MS = 3_600
const GROUPS = '/api/web/moderation/sign-ups/groups'
const DECISION = '/api/web/moderation/sign-ups/decision'

vi.setConfig({ testTimeout: IS_WHOLE ? 1_800_000 : 240_000, hookTimeout: 60_000 })

let town: TestTown
let pia: Person
let appToken: string
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_RATE_LIMIT_FACTOR: '1', HAMLET_TRUSTED_PROXIES: '127.0.0.0/8' } })
  pia = await town.person('pia', 'read write admin:read admin:write')
  await town.ctx.db
    .updateTable('users')
    .set({ role_id: requireRoleId('moderator') })
    .where('id', '=', pia.userId)
    .execute()
  await writeSetting(town.ctx, 'registrations', 'open')
  const app = { client_name: 'Tool', redirect_uris: 'app://done', scopes: 'read write' }
  const { client_id, client_secret } = (await town.call('POST', '/api/v1/apps', { json: app })).body
  const asked = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
  appToken = (await town.call('POST', '/oauth/token', { json: asked })).body.access_token
})
afterAll(() => town[Symbol.asyncDispose]())

/** From a machine of a hoster that rents out whole networks; another one every time, or one of few. */
const farAway = (n: number) => `10.${(n >> 8) & 255}.${n & 255}.${(n * 7) % 250}`
const fewMachines = (n: number) => `203.0.113.${n % 8}`
const account = (n: number) => ({
  username: `${['anna', 'bella', 'carla'][n % 3]}_${1000 + n}`,
  password: `pass phrase ${n}`,
})

type Sent = { status: number }
type Bot = { name: string; share: number; come: (n: number) => Promise<Sent> }

const post = (ip: string, fields: Record<string, string>) =>
  openBrowser(town.url).post('/sign-up', { agreement: '1', ...fields }, { origin: town.url, 'x-forwarded-for': ip })

/** The form as a program reads it, and the seconds that a careful one waits. */
async function readForm(ip: string, waitMs: number): Promise<string> {
  const page = await town.call('GET', '/sign-up', { headers: { 'x-forwarded-for': ip } })
  town.clock.advance(waitMs)
  return /name="stamp" value="([^"]+)"/.exec(page.text)?.[1] ?? ''
}

function work(stamp: string, username: string): string {
  for (let at = 0; ; at += 1) {
    const hash = createHash('sha256').update(`${stamp}:${username}:${at}`).digest()
    if (hash.readUInt32BE(0) >>> (32 - WORK_BITS) === 0) return String(at)
  }
}

/** What comes to an open server, from the plainest program to a farm of real browsers. */
const bots: Bot[] = [
  {
    name: 'posts the form without having read it',
    share: 30,
    come: (n) => post(farAway(n), { ...account(n), email: `a${n}@gmail.com` }),
  },
  {
    name: 'reads the form, fills in every field at once',
    share: 20,
    come: async (n) => {
      const stamp = await readForm(farAway(n), 4_000)
      return post(farAway(n), {
        ...account(n),
        email: `b${n}@gmail.com`,
        stamp,
        website: 'https://pills.example',
        confirm_password: 'x',
      })
    },
  },
  {
    name: 'reads and waits, from a few machines, one mail domain',
    share: 20,
    come: async (n) => {
      const stamp = await readForm(fewMachines(n), 4_000)
      return post(fewMachines(n), { ...account(n), email: `c${n}@cheap-mail.example`, stamp })
    },
  },
  {
    name: 'by the API of apps, another address every time',
    share: 15,
    come: (n) =>
      town.call('POST', '/api/v1/accounts', {
        token: appToken,
        headers: { 'x-forwarded-for': farAway(n) },
        json: { ...account(n), email: `d${n}@gmail.com`, agreement: true },
      }),
  },
  {
    name: 'a real browser that works for its place, another address every time',
    share: 15,
    come: async (n) => {
      const who = account(n)
      const stamp = await readForm(farAway(n), 4_000)
      return post(farAway(n), { ...who, email: `e${n}@gmail.com`, stamp, work: work(stamp, who.username) })
    },
  },
]

type Tally = { sent: number; refused: number; waits: number; in: number }

/** All kinds mixed, each as often as its share. */
function listComing(): Bot[] {
  const wheel = bots.flatMap((bot) => Array.from({ length: bot.share }, () => bot))
  // A step that shares no divisor with a hundred visits every place of the wheel once.
  return Array.from({ length: TOTAL }, (_, n) => wheel[(n * 37) % wheel.length] as Bot)
}

async function standingOf(username: string): Promise<'refused' | 'waits' | 'in'> {
  const row = await town.ctx.db
    .selectFrom('users')
    .innerJoin('user_accounts', 'user_accounts.user_id', 'users.id')
    .innerJoin('accounts', 'accounts.id', 'user_accounts.account_id')
    .select('users.approved_at')
    .where('accounts.username', '=', username)
    .executeTakeFirst()
  return row === undefined ? 'refused' : row.approved_at === null ? 'waits' : 'in'
}

const call = (method: string, path: string, json?: unknown) =>
  town.call(method, path, { token: pia.token, ...(json === undefined ? {} : { json }) })

/** A moderator turns away the largest group until there is none; gives how often a button was pressed. */
async function clearQueue(): Promise<{ presses: number; singly: number }> {
  let presses = 0
  for (;;) {
    const [group] = (await call('GET', GROUPS)).body
    if (!group) break
    const { decided } = (await call('POST', DECISION, { mark: group.mark, until: group.until, decision: 'reject' }))
      .body
    expect(decided).toBeGreaterThan(0)
    // "Reject all", and yes.
    presses += 2
  }
  const singly = (await call('GET', '/api/web/moderation/sign-ups?limit=200')).body.length as number
  return { presses: presses + 2 * singly, singly }
}

test(`${TOTAL} programs sign up at an open server with nothing changed, a thousand an hour`, async () => {
  const tallies = new Map<string, Tally>(bots.map((bot) => [bot.name, { sent: 0, refused: 0, waits: 0, in: 0 }]))
  for (const [n, bot] of listComing().entries()) {
    town.clock.advance(PAUSE_MS)
    await bot.come(n)
    const tally = tallies.get(bot.name) as Tally
    tally.sent += 1
    tally[await standingOf(account(n).username)] += 1
  }
  const total = [...tallies.values()].reduce((sum, one) => ({
    sent: sum.sent + one.sent,
    refused: sum.refused + one.refused,
    waits: sum.waits + one.waits,
    in: sum.in + one.in,
  }))
  const { presses, singly } = await clearQueue()
  const rows = [...tallies, ['all', total] as const].map(
    ([name, one]) =>
      `  ${String(one.sent).padStart(5)} sent ${String(one.refused).padStart(5)} refused ${String(one.waits).padStart(5)} wait ${String(one.in).padStart(5)} in  ${name}`,
  )
  console.log(
    [
      'Sign-ups by programs at an open server with defaults:',
      ...rows,
      `  those who wait are turned away by ${presses} presses (one by one: ${total.waits * 2}), ${singly} of them singly`,
      '  whoever is in has still to confirm an address that can read mail before anything can be written',
    ].join('\n'),
  )
  expect(total.sent).toBe(TOTAL)
  // What no person sends comes in by no chance.
  for (const bot of bots.slice(0, 2)) expect(tallies.get(bot.name)).toMatchObject({ waits: 0, in: 0 })
  // Before it is a flood, a server grows by what it grows by on a good day; after that everybody is looked at.
  expect(total.in).toBeLessThanOrEqual(60)
  expect(presses).toBeLessThanOrEqual(IS_WHOLE ? 40 : 30)
})
