import { entities } from '@hamlet/contract/entities'
import { Type, type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { requireRoleId } from '#features/roles'
import { startPeer, type Peer } from '#test/peer'
import { startPictureHost, type PictureHost } from '#test/picture-host'
import { makePicture, upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
let post: { id: string }
let picture: { id: string }
let report: { id: string }
let notification: { id: string; group_key: string }
let requestId: string
let shelf: PictureHost
let peer: Peer
let facePath: string
beforeAll(async () => {
  town = await startTown({ environment: { HAMLET_ALLOW_PRIVATE_NETWORKS: '127.0.0.0/8,::1/128' } })
  ines = await town.person('ines')
  bram = await town.person('bram', 'profile read write follow push admin:read admin:write')
  const owner = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(owner).where('id', '=', bram.userId).execute()
  post = (
    await town.call('POST', '/api/v1/statuses', {
      token: ines.token,
      json: { status: 'hello @bram #tag', spoiler_text: 'hi' },
    })
  ).body
  picture = (await upload(town, bram.token)).body
  const filed = { account_id: ines.accountId, status_ids: [post.id] }
  report = (await town.call('POST', '/api/v1/reports', { token: bram.token, json: filed })).body
  await town.call('POST', `/api/v1/statuses/${post.id}/reblog`, { token: bram.token })
  await town.call('POST', `/api/v1/accounts/${ines.accountId}/follow`, { token: bram.token })
  const stranger = await town.person('stranger')
  const say = (status: string) =>
    town.call('POST', '/api/v1/statuses', { token: stranger.token, json: { status, visibility: 'direct' } })
  await say('@bram psst')
  await town.settled()
  requestId = (await town.call('GET', '/api/v1/notifications/requests', { token: bram.token })).body[0].id
  notification = (await town.call('GET', '/api/v1/notifications', { token: bram.token })).body[0]
  shelf = await startPictureHost()
  peer = await startPeer()
  facePath = await showFace(shelf.put(await makePicture()))
})
afterAll(async () => {
  await shelf[Symbol.asyncDispose]()
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

/** Where we show the face of somebody of another server. */
async function showFace(url: string): Promise<string> {
  const { id } = peer.addActor('far')
  const path = new URL(id).pathname
  peer.documents.set(path, { ...(peer.documents.get(path) as object), icon: { type: 'Image', url } })
  const search = `/api/v2/search?resolve=true&q=${encodeURIComponent(id)}`
  const found = await town.call('GET', search, { token: bram.token })
  return new URL(found.body.accounts[0].avatar).pathname
}

const byName: Record<string, TSchema> = Object.fromEntries(
  entities.map((entity) => [(entity as TSchema as { $id: string }).$id, entity]),
)

/** What does not fit, in words; an empty list is a fit. */
function misfits(schema: TSchema, value: unknown): string[] {
  return Value.Check(byName, schema, value)
    ? []
    : Value.Errors(byName, schema, value).map((error) => `${error.instancePath} ${error.message}`)
}

const routes = rooms.flatMap((room) => room.routes)
/** What is truthfully not there. */
const absent = ['/api/v1/instance/terms_of_service']
const reads = routes.filter((route) => route.method === 'GET' && !absent.includes(route.path))

const queries: Record<string, () => string> = {
  '/api/v1/accounts/lookup': () => '?acct=ines',
  '/api/v1/accounts/relationships': () => `?id[]=${ines.accountId}`,
  '/api/v1/statuses': () => `?id[]=${post.id}`,
  '/api/v2/search': () => '?q=ines',
  '/api/v1/accounts/search': () => '?q=ines',
  '/.well-known/webfinger': () => '?resource=acct:ines@town.test',
}

/** Something that every route has an answer about. */
function targetOf(path: string): { target: string; query: string } {
  if (path.startsWith('/media/remote/')) return { target: facePath, query: '' }
  const isAboutAccount = path.includes('/accounts/:id') || path.startsWith('/ap/users/:id')
  const id = isAboutAccount
    ? ines.accountId
    : path.includes('/notifications/requests/')
      ? requestId
      : path.includes('/notifications/')
        ? notification.id
        : path.includes('/moderation/reports/')
          ? report.id
          : path.includes('/media/')
            ? picture.id
            : post.id
  const target = path
    .replace(':id', id)
    .replace(':statusId', post.id)
    .replace(':hashtag', 'tag')
    .replace(':group_key', notification.group_key)
  return { target, query: queries[path]?.() ?? '' }
}

test.each(reads.map((route) => [route.path, route] as const))(
  'GET %s answers as the contract says',
  async (path, route) => {
    const { target, query } = targetOf(path)
    const answer = await town.call('GET', `${target}${query}`, { token: bram.token })
    expect(answer.status).toBe(200)
    expect(misfits(route.response, answer.body ?? answer.text)).toEqual([])
  },
)

test('acts answer as the contract says', async () => {
  const acts = ['favourite', 'unfavourite', 'bookmark', 'unbookmark', 'reblog', 'unreblog']
  for (const verb of acts) {
    const answer = await town.call('POST', `/api/v1/statuses/${post.id}/${verb}`, { token: bram.token })
    expect(misfits(Type.Ref('Status'), answer.body), verb).toEqual([])
  }
  for (const verb of ['follow', 'mute', 'unmute', 'note', 'unfollow', 'block', 'unblock']) {
    const answer = await town.call('POST', `/api/v1/accounts/${ines.accountId}/${verb}`, { token: bram.token })
    expect(misfits(Type.Ref('Relationship'), answer.body), verb).toEqual([])
  }
})

test('the check can fail', () => {
  expect(misfits(Type.Ref('Status'), { ...post, id: 5 })).not.toEqual([])
  expect(misfits(Type.Ref('Account'), {})).not.toEqual([])
})
