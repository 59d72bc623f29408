import type { TSchema } from 'typebox'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import type { Route } from '#platform/http'
import { countRows } from '#test/count-rows'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'
import type { Answer, Caller, Person } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

let furnished: FurnishedTown
let narrow: Person
let revoked: Person
beforeAll(async () => {
  furnished = await startFurnishedTown()
  const { town } = furnished
  narrow = await town.person('narrow', 'profile')
  revoked = await town.person('revoked', 'read write follow')
  const ended = { revoked_at: new Date().toISOString() }
  await town.ctx.db.updateTable('oauth_tokens').set(ended).where('account_id', '=', revoked.accountId).execute()
})
afterAll(() => furnished[Symbol.asyncDispose]())

const routes = rooms.flatMap((room) => room.routes).filter((route) => !route.path.startsWith('/media/'))
const named = (some: Route[]) => some.map((route) => [`${route.method} ${route.path}`, route] as const)
const writes = routes.filter((route) => route.method !== 'GET')

/** As somebody with every scope: only the input is wrong. */
const send = (route: Route, caller: Caller = {}, target = furnished.targetOf(route.path)) =>
  furnished.town.call(route.method, target, { token: furnished.bram.token, ...caller })

/** What was allowed before has all its consequences. */
async function countAtRest() {
  await furnished.town.settled()
  return countRows(furnished.town.ctx)
}

type Try = [run: () => Promise<Answer>, status: number]

/** Each is refused in words, as documented, with nothing written by any of them. */
async function refused(...tries: Try[]): Promise<void> {
  const before = await countAtRest()
  for (const [run, status] of tries) {
    const answer = await run()
    expect(answer.status, answer.text).toBe(status)
    expect(typeof answer.body?.error, answer.text).toBe('string')
  }
  expect(await countRows(furnished.town.ctx)).toEqual(before)
}

/** In `npm run test:long` every route meets all of a list; in every test run `few` of it, others from route to route. */
const IS_WHOLE = process.env.HAMLET_TEST_MATRIX === 'all'
function pick<T>(all: readonly T[], few: number, at: number): readonly T[] {
  return IS_WHOLE ? all : all.filter((_, index) => (index + at * few) % all.length < few)
}
const placeOf = (route: Route) => routes.indexOf(route)

describe('a body that cannot be read', () => {
  const json = (body: string) => ({ raw: { type: 'application/json', body } })
  const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
  const large = json(`{"x":"${'x'.repeat(1_100_000)}"}`)
  test.each(named(writes))('%s', async (_name, route) => {
    const big: Try[] = [[() => send(route, json('{"status":')), 400]]
    // What takes files takes more; its own bounds have their own tests.
    if (!route.upload) big.push([() => send(route, large), 413])
    if (route.body) big.push([() => send(route, json(deep)), 400])
    await refused([() => send(route, { raw: { type: 'text/x-odd', body: 'x' } }), 415], ...pick(big, 1, placeOf(route)))
    for (const body of pick(['[]', '5', '"text"', 'null', deep, '{"__proto__":{"a":1}}'], 2, placeOf(route))) {
      const answer = await send(route, json(body))
      expect(answer.status, body.slice(0, 20)).toBeLessThan(500)
    }
  })
})

describe('who may not', () => {
  const guarded = routes.filter(({ access }) => access.kind !== 'none')
  test.each(named(guarded))('%s', async (_name, route) => {
    const { town } = furnished
    const target = furnished.targetOf(route.path)
    const as = (token: string) => () => town.call(route.method, target, { token, ...(route.body ? { json: {} } : {}) })
    const tries: Try[] = [
      [as('nonsense'), 401],
      [as(revoked.token), 401],
    ]
    if (route.access.kind !== 'optional') tries.push([() => town.call(route.method, target), 401])
    if (route.access.kind !== 'any' && !holds('profile', route)) tries.push([as(narrow.token), 403])
    await refused(...tries)
  })
  const holds = (scope: string, { access }: Route) => 'scope' in access && access.scope.startsWith(scope)
})

describe('an id of nothing', () => {
  const IDS = ['99', 'x', '-1', '0', '9223372036854775808', "1'--", '1e3', '%00', '..%2f..', 'x'.repeat(400)]
  test.each(named(routes.filter((route) => /:id\b/.test(route.path))))('%s', async (_name, route) => {
    const path = furnished.targetOf(route.path.replace(':id', 'NOTHING'))
    const body = route.body ? { json: example(route.body) as Record<string, unknown> } : {}
    await refused(
      ...pick(IDS, 3, placeOf(route)).map((id): Try => [() => send(route, body, path.replace('NOTHING', id)), 404]),
    )
  })
})

const ODD = [{ deep: { er: 1 } }, [[1], { a: 1 }], '\u0000', '\ud800', 1e300, -1, true, 'x'.repeat(6000), '', null]

describe('values of another kind', () => {
  const withFields = writes.filter(({ body }) => fieldsOf(body).length > 0)
  test.each(named(withFields))('%s', async (_name, route) => {
    const whole = example(route.body)
    for (const [at, field] of fieldsOf(route.body).entries()) {
      for (const value of pick(ODD, 2, at + placeOf(route))) {
        const before = await countAtRest()
        const answer = await send(route, { json: { ...(whole as object), [field]: value } })
        const said = `${field}: ${JSON.stringify(value).slice(0, 30)} → ${answer.status} ${answer.text.slice(0, 200)}`
        expect(answer.status, said).toBeLessThan(500)
        if (answer.status < 400) continue
        expect(typeof answer.body?.error, said).toBe('string')
        expect(await countRows(furnished.town.ctx), said).toEqual(before)
      }
    }
  })

  /** Every value alone, and one of them as a list and as a map; `npm run test:long` has all of all. */
  const VALUES = ['x', '%00', '-1', '1e400', 'x'.repeat(3000), '99999999999999999999']
  const namesOf = (field: string, value: string) =>
    value === '-1' || IS_WHOLE ? [field, `${field}[]`, `${field}[a][b]`] : [field]
  const reads = routes.filter(({ method, query }) => method === 'GET' && fieldsOf(query).length > 0)
  test.each(named(reads))('%s', async (_name, route) => {
    const [path, given = ''] = furnished.targetOf(route.path).split('?')
    for (const [at, field] of fieldsOf(route.query).entries()) {
      for (const value of pick(VALUES, 3, at + placeOf(route))) {
        for (const name of namesOf(field, value)) {
          const answer = await send(route, {}, `${path}?${given}&${name}=${value}`)
          const said = `${name}=${value.slice(0, 20)} → ${answer.status} ${answer.text.slice(0, 200)}`
          expect(answer.status, said).toBeLessThan(500)
          if (answer.status >= 400) expect(typeof answer.body?.error, said).toBe('string')
        }
      }
    }
  })
})

test('what nobody asked for is passed over, never assigned', async () => {
  const { town, bram } = furnished
  const json = {
    status: 'plain',
    account_id: '1',
    favourites_count: 9,
    created_at: '2001-01-01',
    id: '5',
    state: 'held',
  }
  const answer = await town.call('POST', '/api/v1/statuses', { token: bram.token, json })
  expect(answer.body).toMatchObject({ favourites_count: 0, account: { id: bram.accountId } })
  expect(answer.body.id).not.toBe('5')
  const change = { role_id: '3', followers_count: 9, suspended_at: null, username: 'root', note: 'still me' }
  // Somebody whom nothing above has signed out.
  const plain = await town.person('plain')
  const me = await town.call('PATCH', '/api/v1/accounts/update_credentials', {
    token: plain.token,
    json: change,
  })
  expect(me.body).toMatchObject({ username: 'plain', followers_count: 0, role: { name: '' } })
})

type Shape = TSchema & {
  properties?: Record<string, Shape>
  anyOf?: Shape[]
  const?: unknown
  type?: string
  items?: Shape
}

function fieldsOf(schema: Shape | undefined): string[] {
  return Object.keys(schema?.properties ?? {})
}

/** Where the schema alone does not say what fits. */
const FITTING: Record<string, unknown> = { focus: '0,0', options: ['one', 'two'], expires_in: 300 }

/** A value that fits a schema, so that one wrong part of it is all that is wrong. */
function example(schema: TSchema | undefined): unknown {
  const shape = (schema ?? {}) as Shape
  if (shape.const !== undefined) return shape.const
  if (shape.anyOf) return example(shape.anyOf[0])
  if (shape.type === 'array') return [example(shape.items)]
  if (shape.type === 'object') {
    const fields = Object.entries(shape.properties ?? {}).map(([name, part]) => [name, FITTING[name] ?? example(part)])
    return Object.fromEntries(fields)
  }
  if (shape.type === 'boolean') return false
  return shape.type === 'integer' || shape.type === 'number' ? 1 : 'text'
}
