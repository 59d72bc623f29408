import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { entities } from '@hamlet/contract/entities'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { rooms } from '#app/rooms'
import { differences } from '#test/differences'
import { findDifferences, readFacts } from '#test/facts'
import { startFurnishedTown, type FurnishedTown } from '#test/furnished-town'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

/** What an app asks for, screen by screen; `:status` and the like stand for something of the town. */
type Client = { client: string; source: string; screens: Record<string, string[]> }

const read = (name: string): Client =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../test/clients/${name}.json`), 'utf8')) as Client
const clients = ['phanpy', 'elk'].map(read)

/** What the apps ask for and can do without: they show nothing where there is nothing, and so does a Mastodon that has none. */
const WITHOUT = ['GET /api/v1/accounts/:account_id/collections', 'GET /api/v1/accounts/:account_id/in_collections']

const byName: Record<string, TSchema> = Object.fromEntries(
  entities.map((entity) => [(entity as TSchema as { $id: string }).$id, entity]),
)
const facts = readFacts()
const listed = differences.flatMap(({ what }) => what)
const routes = rooms.flatMap((room) => room.routes)

/** The route behind a path: the one with the most words of it written out. */
function routeOf(method: string, path: string) {
  const parts = path.split('/')
  const fitting = routes.filter((route) => {
    const own = route.path.split('/')
    const fits = own.every((part, index) => part.startsWith(':') || part === parts[index])
    return route.method === method && own.length === parts.length && fits
  })
  const open = (route: { path: string }) => route.path.split(':').length
  return fitting.toSorted((a, b) => open(a) - open(b))[0]
}

let furnished: FurnishedTown
let fill: (target: string) => string
beforeAll(async () => {
  furnished = await startFurnishedTown()
  const { town, bram, ines, post, poll, list, quoting } = furnished
  const notifications = await town.call('GET', '/api/v1/notifications', { token: bram.token })
  const [notification] = notifications.body as { id: string; group_key: string }[]
  const places: Record<string, string> = {
    account: ines.accountId,
    me: bram.accountId,
    status: post.id,
    own: quoting.id,
    poll: poll.id,
    list: list.id,
    notification: notification?.id ?? '',
    group: notification?.group_key ?? '',
    link: encodeURIComponent('https://pages.test/tides'),
  }
  fill = (target) => target.replaceAll(/:([a-z]+)/g, (whole, name: string) => places[name] ?? whole)
})
afterAll(() => furnished[Symbol.asyncDispose]())

describe.each(clients)('$client', ({ screens }) => {
  const calls = Object.entries(screens).flatMap(([screen, targets]) =>
    targets.map((target) => [screen, target] as const),
  )
  test.each(calls)('%s: %s', async (_screen, call) => {
    const [method = '', target = ''] = fill(call).split(' ')
    const [path = ''] = target.split('?')
    const route = routeOf(method, path)
    expect(route, 'there is such a route').toBeDefined()
    const answer = await furnished.town.call(method, target, { token: furnished.bram.token })
    expect(answer.status, answer.text).toBe(200)
    expect(Value.Check(byName, route!.response, answer.body), 'as the contract says').toBe(true)
    const check = facts.find(method, route!.path)?.get(200)
    const unknown = check ? findDifferences(check, answer.body).filter((one) => !listed.includes(one)) : []
    expect(unknown, 'as Mastodon’s description says').toEqual([])
    if (!WITHOUT.includes(`${method} ${route!.path}`)) expect(route!.coverage ?? 'whole').not.toBe('empty')
  })
})

test('what an app asks for while somebody writes, reads and answers is there', () => {
  const writes = [
    'POST /api/v1/apps',
    'POST /oauth/token',
    'POST /oauth/revoke',
    'POST /api/v1/statuses',
    'PUT /api/v1/statuses/1',
    'DELETE /api/v1/statuses/1',
    ...[
      'favourite',
      'unfavourite',
      'reblog',
      'unreblog',
      'bookmark',
      'unbookmark',
      'pin',
      'unpin',
      'mute',
      'unmute',
    ].map((verb) => `POST /api/v1/statuses/1/${verb}`),
    'PUT /api/v1/statuses/1/interaction_policy',
    'POST /api/v1/statuses/1/quotes/2/revoke',
    'POST /api/v2/media',
    'PUT /api/v1/media/1',
    'POST /api/v1/polls/1/votes',
    ...[
      'follow',
      'unfollow',
      'block',
      'unblock',
      'mute',
      'unmute',
      'note',
      'pin',
      'unpin',
      'remove_from_followers',
    ].map((verb) => `POST /api/v1/accounts/1/${verb}`),
    ...['authorize', 'reject'].map((verb) => `POST /api/v1/follow_requests/1/${verb}`),
    'PATCH /api/v1/accounts/update_credentials',
    'PATCH /api/v1/profile',
    'DELETE /api/v1/profile/avatar',
    'DELETE /api/v1/profile/header',
    'POST /api/v1/markers',
    'POST /api/v1/reports',
    'POST /api/v1/lists',
    'PUT /api/v1/lists/1',
    'DELETE /api/v1/lists/1',
    'POST /api/v1/lists/1/accounts',
    'DELETE /api/v1/lists/1/accounts',
    'POST /api/v1/featured_tags',
    'DELETE /api/v1/featured_tags/1',
    ...['follow', 'unfollow'].map((verb) => `POST /api/v1/tags/tag/${verb}`),
    'POST /api/v2/filters',
    'PUT /api/v2/filters/1',
    'DELETE /api/v2/filters/1',
    'PUT /api/v1/scheduled_statuses/1',
    'DELETE /api/v1/scheduled_statuses/1',
    'PATCH /api/v2/notifications/policy',
    ...['accept', 'dismiss'].map((verb) => `POST /api/v1/notifications/requests/1/${verb}`),
    ...['POST', 'DELETE'].map((method) => `${method} /api/v1/domain_blocks`),
    ...['POST', 'PUT', 'DELETE'].map((method) => `${method} /api/v1/push/subscription`),
  ]
  const missing = writes.filter((write) => {
    const [method = '', path = ''] = write.split(' ')
    const route = routeOf(method, path)
    return !route || route.coverage === 'empty'
  })
  expect(missing).toEqual([])
})
