import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { federation } from '#app/ports'
import { rooms } from '#app/rooms'
import { differences } from '#test/differences'
import { findDifferences, readFacts } from '#test/facts'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'
import { readMore, visitor, writeEverything, type Visit } from '#test/visits'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

const facts = readFacts()
const routes = [...rooms.flatMap((room) => room.routes), ...federation.routes]
const shared = routes.filter((route) => facts.find(route.method, route.path))
const listed = differences.flatMap(({ what }) => what)
let furnished: FurnishedTown
let visits: readonly Visit[]
/** Everything that differs on some route, and everything that no route sends. */
let found: readonly string[]

beforeAll(async () => {
  furnished = await startFurnishedTown()
  const { town, bram, targetOf } = furnished
  const walk = visitor(furnished)
  for (const { path } of shared.filter((route) => route.method === 'GET'))
    walk.note(`GET ${path}`, await town.call('GET', targetOf(path), { token: bram.token }))
  await readMore(furnished, walk)
  await writeEverything(furnished, walk)
  visits = walk.visits
  found = [...new Set(visits.flatMap(differencesOf)), ...facts.neverSent()]
})
afterAll(() => furnished[Symbol.asyncDispose]())

function differencesOf({ route, status, body }: Visit): string[] {
  const [method = '', path = ''] = route.split(' ')
  const operation = facts.find(method, path)
  if (!operation?.has(status)) return [`${route}: status ${status}`]
  const check = operation.get(status)
  return check ? findDifferences(check, body) : []
}

/** Whether a difference may occur on a route. */
function isKnown(difference: string, route: string): boolean {
  return differences.some(({ what, on = route }) => what.includes(difference) && on === route)
}

test.each(shared.map((route) => [`${route.method} ${route.path}`, route] as const))(
  '%s answers as the description says',
  (name, route) => {
    const answers = visits.filter((visit) => visit.route === name)
    expect(answers.length, 'test/visits.ts asks it').toBeGreaterThan(0)
    const unknown = answers.flatMap(differencesOf).filter((difference) => !isKnown(difference, name))
    expect(unknown).toEqual([])
    for (const { body } of answers)
      if (Array.isArray(body) && route.coverage === undefined) expect(body.length, 'rows to look at').toBeGreaterThan(0)
  },
)

test('answers that the description knows only as entities', async () => {
  const { town, bram } = furnished
  const ask = async (method: string, path: string, json?: unknown) =>
    (await town.call(method, path, { token: bram.token, ...(json === undefined ? {} : { json }) })).body
  const check = (entity: string, body: unknown) => expect(findDifferences(facts.entity(entity), body)).toEqual([])
  check('Preferences', await ask('GET', '/api/v1/preferences'))
  check('V1NotificationPolicy', await ask('GET', '/api/v1/notifications/policy'))
  check('Error', await ask('GET', '/api/v1/statuses/1'))
  check('Error', await ask('POST', '/api/v1/statuses', { status: '' }))
  check('Error', (await town.call('GET', '/api/v1/timelines/home')).body)
  check('Error', (await town.call('POST', '/oauth/token', { json: { grant_type: 'password' } })).body)
  check('ValidationError', await ask('PATCH', '/api/v1/accounts/update_credentials', { display_name: 'x'.repeat(99) }))
})

test('what differs, and what is never sent, is what is listed, and nothing more is listed', () => {
  const unlisted = found.filter((difference) => !listed.includes(difference))
  const gone = listed.filter((difference) => !found.includes(difference))
  expect({ unlisted, gone }).toEqual({ unlisted: [], gone: [] })
})

test('the page for readers names every difference, and no other', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8')
  const cells = text.split('\n').map((line) => /^\| (`.*?) +\|/.exec(line)?.[1] ?? '')
  const named = cells.flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]))
  expect(new Set(named)).toEqual(new Set(listed.map((difference) => difference.split(': ')[0])))
})

test('the check can fail', () => {
  const status = visits.find(({ route }) => route === 'POST /api/v1/statuses')?.body
  const check = facts.entity('Status')
  expect(findDifferences(check, status)).toEqual([])
  expect(findDifferences(check, { ...status, id: 5 })).toEqual(['Status.id: no string'])
  expect(findDifferences(check, { ...status, url: 'here' })).toEqual(['Status.url: no uri'])
  expect(findDifferences(check, { ...status, visibility: 'secret' })).toEqual([
    'Status.visibility: "secret" is not in the enum',
  ])
  expect(findDifferences(check, { ...status, account: {} })).toContain('Account.acct: missing')
  expect(findDifferences(check, { ...status, mentions: [null] })).toEqual(['StatusMention: null'])
  expect(findDifferences(check, { ...status, poll: {} })).toContain('Poll.options: missing')
})
