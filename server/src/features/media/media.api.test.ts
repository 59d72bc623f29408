import { existsSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pruneLooseMedia } from '#features/media'
import { makePicture, upload } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  bram = await town.person('bram')
})
afterAll(() => town[Symbol.asyncDispose]())

const post = (who: Person, json: Record<string, unknown>) =>
  town.call('POST', '/api/v1/statuses', { token: who.token, json })
const pathOf = (url: string) => new URL(url).pathname
const fileOf = (url: string) => join(town.ctx.config.dataDir, 'media', pathOf(url).slice('/media/'.length))
const download = async (url: string) => {
  const response = await fetch(`${town.url}${pathOf(url)}`)
  return { headers: response.headers, status: response.status, body: Buffer.from(await response.arrayBuffer()) }
}
const countMedia = async () => (await town.ctx.db.selectFrom('media').select('id').execute()).length

describe('uploading', () => {
  test('a picture comes back in two sizes, described, with a blur and where to look', async () => {
    const file = await makePicture('jpeg', { width: 1600, height: 1200 })
    const made = await upload(town, ines.token, { file, description: ' a grey field ', focus: '0.5,-0.25' })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({
      type: 'image',
      description: 'a grey field',
      meta: {
        original: { width: 1600, height: 1200, size: '1600x1200' },
        small: { width: 554, height: 416 },
        focus: { x: 0.5, y: -0.25 },
      },
    })
    expect(made.body.blurhash).toMatch(/^[\w#$%*+,\-.:;=?@[\]^{|}~]{28,}$/)
    const original = await download(made.body.url)
    expect(await sharp(original.body).metadata()).toMatchObject({ format: 'jpeg', width: 1600 })
    expect(original.headers.get('content-type')).toBe('image/jpeg')
    expect(original.headers.get('cache-control')).toContain('immutable')
    expect(original.headers.get('x-content-type-options')).toBe('nosniff')
    expect(original.headers.get('content-security-policy')).toContain('sandbox')
    expect((await download(made.body.preview_url)).body.length).toBeLessThan(original.body.length)
    const shown = await town.call('GET', `/api/v1/media/${made.body.id}`, { token: ines.token })
    expect(shown.body).toEqual(made.body)
  })

  test('what its owner wrote of the same picture last time is offered again, to nobody else', async () => {
    const file = await makePicture()
    const first = await upload(town, ines.token, { file, description: 'a grey field' })
    expect(first.body.hamlet).toBeUndefined()
    const recall = async (who: Person, own = file) => (await upload(town, who.token, { file: own })).body.hamlet
    expect(await recall(ines)).toEqual({ recalled_description: 'a grey field' })
    expect(await recall(bram)).toBeUndefined()
    expect(await recall(ines, await makePicture())).toBeUndefined()
    const last = await upload(town, ines.token, { file })
    const words = { token: ines.token, json: { description: 'grey noise' } }
    await town.call('PUT', `/api/v1/media/${last.body.id}`, words)
    expect(await recall(ines)).toEqual({ recalled_description: 'grey noise' })
    const shown = await town.call('GET', `/api/v1/media/${last.body.id}`, { token: ines.token })
    expect(shown.body.hamlet).toBeUndefined()
  })

  test('every kind that is taken is judged by content, not by name', async () => {
    const kinds = { jpeg: 'jpg', png: 'png', webp: 'webp', gif: 'png', avif: 'jpg' } as const
    for (const [format, extension] of Object.entries(kinds)) {
      const made = await upload(town, ines.token, { file: await makePicture(format as keyof typeof kinds) })
      expect(made.status, format).toBe(200)
      expect(made.body.url.endsWith(`.${extension}`), format).toBe(true)
    }
    const old = await town.call('POST', '/api/v1/media', {
      token: ines.token,
      parts: { file: await makePicture('png') },
    })
    expect(old.status).toBe(200)
  })

  test('place and camera are gone, and the picture stands upright', async () => {
    const gps = { IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '60/1 10/1 0/1' }, IFD0: { Model: 'SecretCam' } }
    const file = await sharp({ create: { width: 60, height: 40, channels: 3, background: 'red' } })
      .withExif(gps)
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    expect(file.includes('SecretCam')).toBe(true)
    const made = await upload(town, ines.token, { file })
    expect(made.body.meta.original).toMatchObject({ width: 40, height: 60 })
    for (const url of [made.body.url, made.body.preview_url]) {
      const { body } = await download(url)
      expect(body.includes('SecretCam')).toBe(false)
      const meta = await sharp(body).metadata()
      expect([meta.exif, meta.orientation, meta.width]).toEqual([undefined, undefined, 40])
    }
  })

  test('a moving picture keeps moving, its small one stands still', async () => {
    const frames = await Promise.all(
      ['red', 'green', 'blue'].map((background) =>
        sharp({ create: { width: 60, height: 40, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const file = await sharp(frames, { join: { animated: true } })
      .gif({ delay: [100, 100, 100] })
      .toBuffer()
    const made = await upload(town, ines.token, { file })
    expect(made.body.meta.original).toMatchObject({ width: 60, height: 40 })
    const original = await sharp((await download(made.body.url)).body).metadata()
    expect(original).toMatchObject({ format: 'gif', pages: 3 })
    expect((await sharp((await download(made.body.preview_url)).body).metadata()).pages).toBeUndefined()
  })

  test('what is hidden behind the end of a picture does not come along', async () => {
    const file = Buffer.concat([await makePicture('png'), Buffer.from('<html><script>alert(1)</script></html>')])
    const made = await upload(town, ines.token, { file })
    expect(made.status).toBe(200)
    expect((await download(made.body.url)).body.includes('<script>')).toBe(false)
  })

  test('a picture of one pixel and a very long one are drawn as they are', async () => {
    const dot = await upload(town, ines.token, { file: await makePicture('png', { width: 1, height: 1 }) })
    expect(dot.body.meta.original).toMatchObject({ width: 1, height: 1 })
    const line = await upload(town, ines.token, { file: await makePicture('png', { width: 9000, height: 1 }) })
    expect(line.body.meta.small.height).toBe(1)
  })
})

/** A PNG that says it is 60,000 pixels wide and high, in a few bytes. */
async function makeBomb(): Promise<Buffer> {
  const bomb = await makePicture('png', { width: 1, height: 1 })
  bomb.writeUInt32BE(60_000, 16)
  bomb.writeUInt32BE(60_000, 20)
  const { crc32 } = await import('node:zlib')
  bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29)
  return bomb
}

describe('refused with 422, and nothing is kept', () => {
  const cases: [string, () => Promise<Buffer>, RegExp][] = [
    ['a bomb', makeBomb, /too many pixels/],
    [
      'a truncated picture',
      async () => (await makePicture('jpeg', { width: 600, height: 600 })).subarray(0, 20_000),
      /damaged/,
    ],
    [
      'an SVG',
      async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>'),
      /not a picture/,
    ],
    ['a page', async () => Buffer.from('<!doctype html><script>alert(1)</script>'), /not a picture/],
    [
      'a page that begins like a GIF',
      async () => Buffer.from('GIF89a=1;//<script>alert(1)</script>'),
      /Validation failed/,
    ],
    [
      'a TIFF',
      async () =>
        sharp(await makePicture())
          .tiff()
          .toBuffer(),
      /not a picture/,
    ],
    [
      'a JPEG of noise',
      async () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(5_000, 7)]),
      /Validation failed/,
    ],
    [
      'a video',
      async () => Buffer.from('\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41'),
      /only images are taken here so far/,
    ],
    ['a sound', async () => Buffer.from('ID3\x04\0\0\0\0\0\0'), /only images are taken here so far/],
    ['a HEIC', async () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), /HEIC/],
    ['an empty file', async () => Buffer.alloc(0), /empty|missing/],
    ['an oversized file', async () => Buffer.concat([await makePicture(), Buffer.alloc(16_777_216)]), /16 MB/],
    ['a large moving picture', () => makeLargeGif(), /too many pixels/],
  ]
  test.each(cases)('%s', async (_name, make, words) => {
    const before = await countMedia()
    const answer = await upload(town, ines.token, { file: await make() })
    expect([answer.status, answer.body.error]).toEqual([422, expect.stringMatching(words)])
    expect(await countMedia()).toBe(before)
    expect((await town.call('GET', '/health')).status).toBe(200)
  })

  async function makeLargeGif(): Promise<Buffer> {
    const frames = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 1000, height: 1000, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    return sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer()
  }

  test('a focus that is none, and an endless description', async () => {
    expect((await upload(town, ines.token, { focus: 'left' })).status).toBe(422)
    expect((await upload(town, ines.token, { description: 'x'.repeat(1501) })).status).toBe(422)
    expect((await upload(town, ines.token, { description: '🏴'.repeat(1500) })).status).toBe(200)
  })

  test('no file at all is 400, no token 401, no scope 403', async () => {
    expect((await town.call('POST', '/api/v2/media', { token: ines.token, parts: { description: 'x' } })).status).toBe(
      400,
    )
    expect((await upload(town, 'nonsense')).status).toBe(401)
    const reader = await town.person('reader', 'read')
    expect((await upload(town, reader.token)).status).toBe(403)
  })

  test('nobody can make us read a file without being known: the answer comes before the file does', async () => {
    const reader = await town.person('reads', 'read')
    const start = (fields: Record<string, string>, token?: string) =>
      new Promise<number | undefined>((done, fail) => {
        const parts = Object.entries(fields).map(
          ([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
        )
        const head = '--x\r\nContent-Disposition: form-data; name="file"; filename="x.jpg"\r\n\r\n'
        const headers = {
          'content-type': 'multipart/form-data; boundary=x',
          'content-length': '16000000',
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        }
        const sending = request(`${town.url}/api/v2/media`, { method: 'POST', headers }, ({ statusCode }) => {
          done(statusCode)
          sending.destroy()
        })
        sending.on('error', fail)
        // The rest is never sent.
        sending.write(`${parts.join('')}${head}${'x'.repeat(1000)}`)
      })
    expect(await start({})).toBe(401)
    expect(await start({ description: 'x' }, 'nonsense')).toBe(401)
    expect(await start({ access_token: 'nonsense' })).toBe(401)
    expect(await start({ access_token: reader.token })).toBe(403)
    expect((await town.call('GET', '/health')).status).toBe(200)
  })

  test('after all that a good picture is still drawn', async () => {
    expect((await upload(town, ines.token)).status).toBe(200)
  })
})

describe('an upload of no post', () => {
  test('is its owner’s alone: others find nothing, by any verb', async () => {
    const made = await upload(town, ines.token)
    const path = `/api/v1/media/${made.body.id}`
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE']) {
      expect((await town.call(method, path, { token: bram.token })).status, method).toBe(404)
    }
    expect((await town.call('GET', '/api/v1/media/x', { token: ines.token })).status).toBe(404)
    expect((await post(bram, { status: 'mine now', media_ids: [made.body.id] })).status).toBe(422)
  })

  test('is described anew and deleted with its files', async () => {
    const made = await upload(town, ines.token, { description: 'before' })
    const path = `/api/v1/media/${made.body.id}`
    const edited = await town.call('PUT', path, { token: ines.token, json: { description: 'after', focus: '2,-2' } })
    expect(edited.body).toMatchObject({ description: 'after', meta: { focus: { x: 1, y: -1 } } })
    const cleared = await town.call('PUT', path, { token: ines.token, json: { description: '' } })
    expect(cleared.body).toMatchObject({ description: null, meta: { focus: { x: 1, y: -1 } } })
    expect(existsSync(fileOf(made.body.url))).toBe(true)
    expect((await town.call('DELETE', path, { token: ines.token })).body).toEqual({})
    expect((await town.call('DELETE', path, { token: ines.token })).status).toBe(404)
    await town.settled()
    expect(existsSync(fileOf(made.body.url))).toBe(false)
    expect((await download(made.body.preview_url)).status).toBe(404)
  })
})

describe('posts with pictures', () => {
  test('show them in the order given, without a word if need be', async () => {
    const [one, two] = await Promise.all([upload(town, ines.token), upload(town, ines.token, { description: 'two' })])
    const made = await post(ines, { media_ids: [two.body.id, one.body.id], sensitive: true })
    expect(made.status).toBe(200)
    expect(made.body).toMatchObject({ content: '', sensitive: true })
    expect(made.body.media_attachments).toEqual([two.body, one.body])
    const boost = await town.call('POST', `/api/v1/statuses/${made.body.id}/reblog`, { token: bram.token })
    expect(boost.body.media_attachments).toEqual(made.body.media_attachments)
    expect(boost.body.reblog.media_attachments).toHaveLength(2)
    const path = `/api/v1/media/${one.body.id}`
    expect((await town.call('GET', path, { token: ines.token })).status).toBe(404)
    expect((await town.call('PUT', path, { token: ines.token, json: { description: 'x' } })).status).toBe(404)
    expect((await town.call('DELETE', path, { token: ines.token })).status).toBe(422)
  })

  test('a picture goes on one post, also when two want it at once', async () => {
    const made = await upload(town, ines.token)
    const presses = await Promise.all(
      Array.from({ length: 4 }, (_, index) => post(ines, { status: `press ${index}`, media_ids: [made.body.id] })),
    )
    expect(presses.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422, 422])
    const own = await town.call('GET', `/api/v1/accounts/${ines.accountId}/statuses?limit=40`)
    expect(own.body.filter((one: { content: string }) => one.content.includes('press'))).toHaveLength(1)
  })

  test('five pictures, unknown ones and nonsense are refused, and nothing is written', async () => {
    const five = await Promise.all(Array.from({ length: 5 }, () => upload(town, ines.token)))
    const ids = five.map((one) => one.body.id)
    expect((await post(ines, { status: 'five', media_ids: ids })).status).toBe(422)
    expect((await post(ines, { status: 'unknown', media_ids: [ids[0], '99'] })).status).toBe(422)
    expect((await post(ines, { status: 'nonsense', media_ids: ['; drop'] })).status).toBe(422)
    expect((await post(ines, { status: '', media_ids: [] })).status).toBe(422)
    expect((await post(ines, { status: 'four', media_ids: ids.slice(0, 4) })).body.media_attachments).toHaveLength(4)
  })

  test('feeds of pictures hold those alone', async () => {
    const picture = await upload(town, ines.token)
    const shown = await post(ines, { status: 'seen #tide', media_ids: [picture.body.id] })
    const words = await post(ines, { status: 'words #tide' })
    for (const path of [
      '/api/v1/timelines/public',
      '/api/v1/timelines/tag/tide',
      `/api/v1/accounts/${ines.accountId}/statuses`,
    ]) {
      const listed = (await town.call('GET', `${path}?only_media=true&limit=40`)).body
      const ids = listed.map((one: { id: string }) => one.id)
      expect([ids.includes(shown.body.id), ids.includes(words.body.id)], path).toEqual([true, false])
    }
  })

  test('their page shows them with their words, to readers without a script', async () => {
    const picture = await upload(town, ines.token, { description: 'A "pink" anemone' })
    const made = await post(ines, { status: 'seen', media_ids: [picture.body.id] })
    const page = await town.call('GET', `/@ines/${made.body.id}`, { headers: { accept: 'text/html' } })
    expect(page.text).toContain('alt="A &quot;pink&quot; anemone"')
    expect(page.text).toContain(`property="og:image" content="${picture.body.preview_url}"`)
  })

  test('deleting one keeps its pictures for a new one, or takes their files along when asked', async () => {
    const picture = await upload(town, ines.token)
    const first = await post(ines, { status: 'draft', media_ids: [picture.body.id] })
    const gone = await town.call('DELETE', `/api/v1/statuses/${first.body.id}`, { token: ines.token })
    expect(gone.body).toMatchObject({ text: 'draft', media_attachments: [{ id: picture.body.id }] })
    const again = await post(ines, { status: 'better', media_ids: [picture.body.id] })
    expect(again.body.media_attachments).toHaveLength(1)
    const path = `/api/v1/statuses/${again.body.id}?delete_media=true`
    expect((await town.call('DELETE', path, { token: ines.token })).status).toBe(200)
    await town.settled()
    expect(existsSync(fileOf(picture.body.url))).toBe(false)
    expect((await town.call('GET', `/api/v1/media/${picture.body.id}`, { token: ines.token })).status).toBe(404)
  })
})

test('uploads that no post holds go after a day, and only those', async () => {
  const held = await upload(town, ines.token)
  await post(ines, { status: 'held', media_ids: [held.body.id] })
  const loose = await upload(town, ines.token)
  town.clock.advance(23 * 3_600_000)
  await pruneLooseMedia(town.ctx)
  expect((await town.call('GET', `/api/v1/media/${loose.body.id}`, { token: ines.token })).status).toBe(200)
  town.clock.advance(2 * 3_600_000)
  await pruneLooseMedia(town.ctx)
  await town.settled()
  expect((await town.call('GET', `/api/v1/media/${loose.body.id}`, { token: ines.token })).status).toBe(404)
  expect([existsSync(fileOf(loose.body.url)), existsSync(fileOf(held.body.url))]).toEqual([false, true])
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
