import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { setStanding, sweepAccountFiles } from '#features/accounts'
import { evictPictures, sweepMediaFiles } from '#features/media'
import { transact, type Context } from '#platform/context'
import { look, show, startPictureWorld, statusOf, type PictureWorld } from '#test/picture-world'
import { makePicture, upload } from '#test/pictures'
import { startTown } from '#test/test-town'

vi.setConfig({ testTimeout: 60_000 })

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

let world: PictureWorld
let town: PictureWorld['town']
let peer: PictureWorld['peer']
let shelf: PictureWorld['shelf']
let ines: PictureWorld['ines']
beforeAll(async () => {
  world = await startPictureWorld()
  ;({ town, peer, shelf, ines } = world)
})
afterAll(() => world[Symbol.asyncDispose]())

describe('the cache', () => {
  test('lets go of what nobody asked for, and fetches it again when somebody does', async () => {
    await world.forgetAll()
    const [old, asked] = [shelf.put(await makePicture()), shelf.put(await makePicture())]
    const { pictures } = await world.arrive([old, asked])
    for (const picture of pictures) expect(await statusOf(picture.url)).toBe(200)
    expect(world.countFiles()).toBe(4)
    town.clock.advance(20 * DAY)
    expect(await statusOf(pictures[1].url)).toBe(200)
    town.clock.advance(11 * DAY)
    await evictPictures(town.ctx)
    await town.settled()
    expect([world.countFiles(), await world.countRows()]).toEqual([2, 1])
    for (const picture of pictures) expect(await statusOf(picture.url)).toBe(200)
    expect([shelf.countAsked(old), shelf.countAsked(asked)]).toEqual([2, 1])
  })

  test('keeps within its room: what was not asked for longest makes way', async () => {
    await world.forgetAll()
    const urls = await Promise.all([1, 2, 3].map(async () => shelf.put(await makePicture())))
    const { pictures } = await world.arrive(urls)
    for (const picture of pictures) {
      expect(await statusOf(picture.url)).toBe(200)
      town.clock.advance(2 * 60 * MINUTE)
    }
    expect(await statusOf(pictures[0].url)).toBe(200)
    const rows = await town.ctx.db.selectFrom('remote_pictures').select(['url', 'bytes']).execute()
    const sizeOf = (url: string) => rows.find((row) => row.url === url)!.bytes
    const pictureCacheMegabytes = (sizeOf(urls[0]!) + sizeOf(urls[2]!)) / 1_048_576
    const small: Context = { ...town.ctx, config: { ...town.ctx.config, pictureCacheMegabytes } }
    await evictPictures(small)
    await town.settled()
    const left = await town.ctx.db.selectFrom('remote_pictures').select('url').execute()
    expect(new Set(left.map((row) => row.url))).toEqual(new Set([urls[0], urls[2]]))
    expect(world.countFiles()).toBe(4)
  })

  test('fetches again what was lost from the disk', async () => {
    const origin = shelf.put(await makePicture())
    const { url } = await world.arriveOne(origin)
    expect(await statusOf(url)).toBe(200)
    rmSync(world.folder('cached'), { recursive: true })
    expect([await statusOf(url), shelf.countAsked(origin)]).toEqual([200, 2])
  })
})

describe('files go', () => {
  test('with a picture that a post no longer has; what stays keeps its address and is not fetched again', async () => {
    await world.forgetAll()
    const [stays, goes, comes] = [
      shelf.put(await makePicture()),
      shelf.put(await makePicture()),
      shelf.put(await makePicture()),
    ]
    const { note, pictures } = await world.arrive([goes, stays])
    for (const picture of pictures) expect(await statusOf(picture.url)).toBe(200)
    const { id, published } = note
    const edited = { ...world.write([stays, comes]), id, published, updated: new Date().toISOString() }
    expect(await world.send({ type: 'Update', object: edited })).toBe(202)
    const after = (await show(town, ines, note.id)).media_attachments
    expect(after.map((one: any) => one.remote_url)).toEqual([stays, comes])
    expect(after[0]).toMatchObject({ url: pictures[1].url, blurhash: expect.any(String) })
    expect(after[1].url).not.toBe(pictures[0].url)
    expect(world.countFiles()).toBe(2)
    const seen = [pictures[0].url, after[0].url, after[1].url]
    expect(await Promise.all(seen.map(statusOf))).toEqual([404, 200, 200])
    expect([stays, goes, comes].map((url) => shelf.countAsked(url))).toEqual([1, 1, 1])
  })

  test('with their post', async () => {
    await world.forgetAll()
    const { note, pictures } = await world.arrive([shelf.put(await makePicture())])
    expect([await statusOf(pictures[0].url), world.countFiles()]).toEqual([200, 2])
    expect(await world.send({ type: 'Delete', object: note.id })).toBe(202)
    expect([await statusOf(pictures[0].url), world.countFiles(), await world.countRows()]).toEqual([404, 0, 0])
  })

  test('with an account that is suspended, and nothing is fetched until it is back', async () => {
    await world.forgetAll()
    const [seen, unseen] = [shelf.put(await makePicture()), shelf.put(await makePicture())]
    const { pictures, status } = await world.arrive([seen, unseen])
    expect(await statusOf(pictures[0].url)).toBe(200)
    const suspend = (isOn: boolean) => transact(town.ctx, (tx) => setStanding(tx, status.account.id, 'suspended', isOn))
    await suspend(true)
    await town.settled()
    expect(await Promise.all(pictures.map((one) => statusOf(one.url)))).toEqual([404, 404])
    expect([world.countFiles(), shelf.countAsked(unseen)]).toEqual([0, 0])
    await suspend(false)
    expect(await Promise.all(pictures.map((one) => statusOf(one.url)))).toEqual([200, 200])
  })

  test.each([
    ['the account’s server is suspended', () => peer.host, { severity: 'suspend' }],
    ['the server of the files is suspended', () => shelf.host, { severity: 'suspend' }],
    ['no media of the server are wanted', () => peer.host, { severity: 'silence', reject_media: true }],
  ])('when %s, and nothing is fetched', async (_name, hostOf, policy) => {
    await world.forgetAll()
    const [seen, unseen] = [shelf.put(await makePicture()), shelf.put(await makePicture())]
    const { pictures } = await world.arrive([seen, unseen])
    expect([await statusOf(pictures[0].url), world.countFiles()]).toEqual([200, 2])
    const row = { id: '1', host: hostOf(), created_at: new Date().toISOString(), ...policy }
    await town.ctx.db.insertInto('domain_policies').values(row).execute()
    expect(await Promise.all(pictures.map((one) => statusOf(one.url)))).toEqual([404, 404])
    await evictPictures(town.ctx)
    await town.settled()
    expect([world.countFiles(), await world.countRows(), shelf.countAsked(unseen)]).toEqual([0, 0, 0])
    await town.ctx.db.deleteFrom('domain_policies').execute()
    expect(await statusOf(pictures[1].url)).toBe(200)
  })

  test('with an account that is gone: of its face, its cover and its posts', async () => {
    await world.forgetAll()
    const olga = peer.addActor('olga')
    const path = new URL(olga.id).pathname
    const document = peer.documents.get(path) as Record<string, unknown>
    const icon = { type: 'Image', url: shelf.put(await makePicture()) }
    peer.documents.set(path, { ...document, icon })
    const { pictures, status } = await world.arrive([shelf.put(await makePicture())], olga)
    const urls = [pictures[0].url, status.account.avatar]
    expect(await Promise.all(urls.map(statusOf))).toEqual([200, 200])
    expect(world.countFiles()).toBe(3)
    expect(await world.send({ type: 'Delete', object: olga.id }, olga)).toBe(202)
    expect(await Promise.all(urls.map(statusOf))).toEqual([404, 404])
    expect([world.countFiles(), await world.countRows()]).toEqual([0, 0])
  })
})

test('files that no row names go after a day, and only those', async () => {
  await world.forgetAll()
  const { url } = await world.arriveOne(shelf.put(await makePicture()))
  expect(await statusOf(url)).toBe(200)
  await upload(town, ines.token)
  const kinds = ['original', 'small', 'cached', 'avatar', 'header']
  const file = await makePicture('jpeg', { width: 10, height: 10 })
  const data = `data:image/jpeg;base64,${file.toString('base64')}`
  const dressed = { avatar: data, header: data }
  await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: dressed })
  await town.settled()
  const named = kinds.map((kind) => world.countFiles(kind))
  expect(Math.min(...named)).toBeGreaterThan(0)
  for (const kind of kinds) {
    await town.ctx.blobs.put(`${kind}/ab/nobody.jpg`, file)
    writeFileSync(join(world.folder(kind), 'ab/half.jpg.0123456789ab.part'), file)
  }
  const sweepAt = async (moment: number) => {
    const then = { ...town.ctx, clock: { now: () => new Date(moment) } }
    await sweepMediaFiles(then)
    await sweepAccountFiles(then)
    return kinds.map((kind) => world.countFiles(kind))
  }
  const inHours = (hours: number) => Date.now() + hours * 60 * MINUTE
  expect(await sweepAt(inHours(23)), 'they may be getting their rows still').toEqual(named.map((files) => files + 2))
  expect(await sweepAt(inHours(25))).toEqual(named)
})

test('a town of several processes fetches in one what is asked of another', async () => {
  await using split = await startTown({ isReachable: true, isSplit: true })
  const reader = await split.person('reader')
  const origin = shelf.put(await makePicture())
  const [picture] = (await show(split, reader, world.write([origin]).id)).media_attachments
  const seen = await Promise.all([look(picture.url), look(picture.preview_url)])
  expect([...seen.map((one) => one.status), shelf.countAsked(origin)]).toEqual([200, 200, 1])
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
