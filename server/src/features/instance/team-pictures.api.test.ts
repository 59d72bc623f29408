import { afterAll, beforeAll, expect, test } from 'vitest'
import { requireRoleId } from '#features/roles'
import { makePicture } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

const PATH = '/api/web/admin/pictures'
const SCOPES = 'read write admin:read admin:write'

let town: TestTown
let oda: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  oda = await town.person('oda', SCOPES)
  bram = await town.person('bram', SCOPES)
  const role = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(role).where('id', '=', oda.userId).execute()
})
afterAll(() => town[Symbol.asyncDispose]())

const put = (name: string, parts: Record<string, string | Buffer>, who = oda) =>
  town.call('PUT', `${PATH}/${name}`, { token: who.token, parts })
const get = (path: string) => town.call('GET', path)
const bring = async (url: string) => fetch(new URL(new URL(url).pathname, town.url))
const countLog = async () =>
  (await town.ctx.db.selectFrom('audit_log').select('id').where('action', '=', 'settings.picture').execute()).length

test('a thumbnail is drawn in two sizes, and apps and visitors see it with its words', async () => {
  const file = await makePicture('jpeg', { width: 900, height: 600 })
  const { body } = await put('thumbnail', { file, description: 'Boats at the quay' })
  expect(body).toEqual({ thumbnail: { url: expect.any(String), description: 'Boats at the quay' }, icon: null })
  const { thumbnail } = (await get('/api/v2/instance')).body
  expect(thumbnail).toMatchObject({ description: 'Boats at the quay', blurhash: expect.stringMatching(/^.{6,}$/) })
  expect(thumbnail.versions['@1x']).toBe(thumbnail.url)
  for (const url of Object.values<string>(thumbnail.versions)) expect((await bring(url)).status).toBe(200)
  expect((await get('/api/v1/instance')).body.thumbnail).toBe(thumbnail.url)
  expect((await get('/about')).text).toContain(`src="${thumbnail.versions['@2x']}" alt="Boats at the quay"`)
})

test('its words change without another picture; nothing new is no act', async () => {
  const before = (await get('/api/v2/instance')).body.thumbnail
  await put('thumbnail', { description: 'Boats, at night' })
  const acts = await countLog()
  await put('thumbnail', { description: 'Boats, at night' })
  expect(await countLog()).toBe(acts)
  expect((await get('/api/v2/instance')).body.thumbnail).toEqual({ ...before, description: 'Boats, at night' })
})

test('an icon stands in the tab, in the app that is installed, and where apps look for it', async () => {
  await put('icon', { file: await makePicture('png', { width: 300, height: 300 }) })
  const { icon } = (await get('/api/v2/instance')).body
  expect(icon.map((one: { size: string }) => one.size)).toEqual(['192x192', '512x512'])
  const manifest = JSON.parse((await get('/manifest.webmanifest')).text)
  expect(manifest.icons.map((one: { src: string }) => one.src)).toEqual(icon.map((one: { src: string }) => one.src))
  expect((await get('/about')).text).toContain(`rel="icon" href="${icon[0].src}"`)
})

test('another takes its place, taken away ours is back; no file is left behind', async () => {
  const before = (await get('/api/v2/instance')).body
  await put('thumbnail', { file: await makePicture('webp') })
  await town.settled()
  expect((await bring(before.thumbnail.url)).status).toBe(404)
  for (const name of ['thumbnail', 'icon']) {
    const gone = await town.call('DELETE', `${PATH}/${name}`, { token: oda.token })
    expect(gone.status).toBe(200)
    expect((await town.call('DELETE', `${PATH}/${name}`, { token: oda.token })).status).toBe(404)
  }
  await town.settled()
  expect((await bring(before.icon[0].src)).status).toBe(404)
  expect((await get('/api/v2/instance')).body).toMatchObject({
    thumbnail: { url: `${town.ctx.config.url}/header.svg`, description: '' },
    icon: [],
  })
  expect((await get('/about')).text).toContain('rel="icon" href="/logo.svg"')
})

test.each([
  ['thumbnail', { file: Buffer.from('no picture') }, 422],
  ['thumbnail', { description: 'of nothing' }, 422],
  ['thumbnail', { description: 'x'.repeat(201) }, 422],
  ['mascot', { description: 'x' }, 404],
] as const)('%s %o is refused: %i', async (name, parts, status) => {
  expect((await put(name, parts)).status).toBe(status)
  expect((await town.call('GET', PATH, { token: oda.token })).body).toEqual({ thumbnail: null, icon: null })
})

test('only who may set the server changes pictures', async () => {
  expect((await put('icon', { file: await makePicture() }, bram)).status).toBe(403)
  expect((await town.call('GET', PATH, { token: bram.token })).status).toBe(403)
  expect((await town.call('DELETE', `${PATH}/icon`, { token: bram.token })).status).toBe(403)
})
