import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const picture = (width = 80, height = 60) => sharp({ create: { width, height, channels: 3, background: '#4a7c9b' } })

async function upload(who: Person, content: Buffer, fields: Record<string, string> = {}, name = 'a.png') {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('file', new Blob([new Uint8Array(content)]), name)
  const response = await fetch(`${town.url}/api/v2/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${who.token}` },
    body: form,
  })
  return { status: response.status, body: (await response.json()) as any }
}

const post = (who: Person, json: Record<string, unknown>) =>
  town.call('POST', '/api/v1/statuses', { token: who.token, json })
const fetchFile = (url: string) => fetch(url.replace('https://town.test', town.url))

test('a picture is taken, described, posted, shown, and gone with its post', async () => {
  const made = await upload(ines, await picture().png().toBuffer(), { description: ' A blue wall ', focus: '0.5,-1' })
  expect(made).toMatchObject({
    status: 200,
    body: {
      type: 'image',
      description: 'A blue wall',
      meta: { focus: { x: 0.5, y: -1 }, original: { width: 80, height: 60, size: '80x60' } },
    },
  })
  expect(made.body.blurhash).toMatch(/^.{6,}$/)
  const file = await fetchFile(made.body.url)
  expect(file.status).toBe(200)
  expect(Object.fromEntries(file.headers)).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  const words = await town.call('PUT', `/api/v1/media/${made.body.id}`, {
    token: ines.token,
    json: { description: 'A wall' },
  })
  expect(words.body.description).toBe('A wall')
  const shown = await post(ines, { media_ids: [made.body.id] })
  expect(shown).toMatchObject({
    status: 200,
    body: { content: '', media_attachments: [{ id: made.body.id, description: 'A wall' }] },
  })
  expect((await town.call('GET', `/api/v1/media/${made.body.id}`, { token: ines.token })).status).toBe(404)
  expect((await town.call('DELETE', `/api/v1/media/${made.body.id}`, { token: ines.token })).status).toBe(422)
  await town.call('DELETE', `/api/v1/statuses/${shown.body.id}`, { token: ines.token })
  await town.settled()
  expect((await fetchFile(made.body.url)).status).toBe(404)
  expect((await fetchFile(made.body.preview_url)).status).toBe(404)
})

test('what a camera wrote into a picture does not leave the house, and the picture stands upright', async () => {
  const exif = {
    IFD0: { Copyright: 'Secret Studio' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' },
  }
  const made = await upload(
    ines,
    await picture(80, 60).withMetadata({ orientation: 6 }).withExifMerge(exif).jpeg().toBuffer(),
    {},
    'a.jpg',
  )
  expect(made.body.meta.original).toMatchObject({ width: 60, height: 80 })
  const kept = Buffer.from(await (await fetchFile(made.body.url)).arrayBuffer())
  expect(kept.toString('latin1')).not.toMatch(/Secret Studio|GPS/)
  expect((await sharp(kept).metadata()).exif).toBeUndefined()
})

test.each(['jpeg', 'webp', 'gif', 'avif'] as const)('%s is taken', async (format) => {
  expect((await upload(ines, await picture().toFormat(format).toBuffer())).status).toBe(200)
})

describe('what is no picture is refused, and the server goes on', () => {
  const png = () => picture().png().toBuffer()
  test.each<[string, () => Promise<Buffer>]>([
    ['text', async () => Buffer.from('hello')],
    ['an empty file', async () => Buffer.alloc(0)],
    ['SVG', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', async () => Buffer.from('<!doctype html><script>alert(1)</script>')],
    ['PDF', async () => Buffer.from('%PDF-1.7\n1 0 obj')],
    ['a half picture', async () => (await png()).subarray(0, 60)],
    ['the first bytes of one', async () => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')],
    [
      'one that says it is huge',
      async () => {
        const bytes = await png()
        bytes.writeUInt32BE(60_000, 16)
        bytes.writeUInt32BE(60_000, 20)
        return bytes
      },
    ],
  ])('%s', async (_name, make) => {
    const answer = await upload(ines, await make(), {}, 'innocent.png')
    expect(answer.status).toBe(422)
    expect(answer.body.error).toMatch(/^Validation failed: File/)
    expect((await upload(ines, await png())).status).toBe(200)
  })
  test('more bytes than may come', async () => {
    const big = Buffer.concat([await png(), Buffer.alloc(17 * 1024 * 1024)])
    expect((await upload(ines, big)).status).toBe(413)
  })
  test('nothing at all, and a focus beside the picture', async () => {
    expect((await town.call('POST', '/api/v2/media', { token: ines.token, json: {} })).status).toBe(422)
    for (const focus of ['2,0', 'x', '0', '0,0,0', 'NaN,0'])
      expect((await upload(ines, await png(), { focus })).status, focus).toBe(422)
    expect((await upload(ines, await png(), { description: 'x'.repeat(1501) })).status).toBe(422)
  })
})

test('an active picture inside a picture is written anew', async () => {
  const polyglot = Buffer.concat([await picture().gif().toBuffer(), Buffer.from('<script>alert(1)</script>')])
  const made = await upload(ines, polyglot)
  const kept = Buffer.from(await (await fetchFile(made.body.url)).arrayBuffer())
  expect(kept.toString('latin1')).not.toContain('script')
})

test("somebody else's upload cannot be seen, changed, deleted or posted; one upload serves one post", async () => {
  const made = await upload(ines, await picture().png().toBuffer())
  const path = `/api/v1/media/${made.body.id}`
  expect((await town.call('GET', path, { token: bram.token })).status).toBe(404)
  expect((await town.call('PUT', path, { token: bram.token, json: { description: 'mine' } })).status).toBe(404)
  expect((await town.call('DELETE', path, { token: bram.token })).status).toBe(404)
  expect((await post(bram, { status: 'mine', media_ids: [made.body.id] })).status).toBe(422)
  const both = await Promise.all([1, 2, 3].map(() => post(ines, { media_ids: [made.body.id] })))
  expect(both.map((answer) => answer.status).toSorted((a, b) => a - b)).toEqual([200, 422, 422])
  const five = await Promise.all(
    Array.from({ length: 5 }, async () => (await upload(ines, await picture().png().toBuffer())).body.id as string),
  )
  expect((await post(ines, { media_ids: five })).status).toBe(422)
  expect((await post(ines, { status: 'x', media_ids: ['99'] })).status).toBe(422)
  expect((await post(ines, { status: 'x', media_ids: ['a'] })).status).toBe(422)
})

test('uploads that no post used go after a day, with their files', async () => {
  const made = await upload(ines, await picture().png().toBuffer())
  town.clock.advance(25 * 3_600_000)
  const { media } = await import('./index.ts')
  await media.schedules[0]?.job.run(town.ctx, {})
  await town.settled()
  expect((await fetchFile(made.body.url)).status).toBe(404)
})

test('keys that climb lead nowhere', async () => {
  for (const key of [
    '../secrets/x.png',
    '..%2fsecrets%2fx.png',
    '.png',
    'a/../b.png',
    'pictures/x.svg',
    'x'.repeat(300),
  ])
    expect((await fetch(`${town.url}/media/${key}`)).status, key).toBe(404)
})

test('a profile is changed as forms and as JSON do, with pictures; the old ones go', async () => {
  const form = new FormData()
  form.set('display_name', 'Inês Faria')
  form.set('note', 'Marine biologist.\nTide pools.')
  form.set('fields_attributes[0][name]', 'Lab')
  form.set('fields_attributes[0][value]', 'North slipway')
  form.set('source[privacy]', 'unlisted')
  form.set('avatar', new Blob([new Uint8Array(await picture(500, 300).png().toBuffer())]), 'me.png')
  const send = (body: FormData) =>
    fetch(`${town.url}/api/v1/accounts/update_credentials`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${ines.token}` },
      body,
    })
  const first = (await (await send(form)).json()) as any
  expect(first).toMatchObject({
    display_name: 'Inês Faria',
    fields: [{ name: 'Lab', value: 'North slipway' }],
    source: { privacy: 'unlisted', note: 'Marine biologist.\nTide pools.' },
  })
  const avatar = await fetchFile(first.avatar)
  expect(await sharp(Buffer.from(await avatar.arrayBuffer())).metadata()).toMatchObject({ width: 400, height: 400 })
  await send(form)
  await town.settled()
  expect((await fetchFile(first.avatar)).status).toBe(404)
  const patch = (json: Record<string, unknown>) =>
    town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json })
  expect((await patch({ locked: true, fields_attributes: [] })).body).toMatchObject({
    locked: true,
    fields: [],
    display_name: 'Inês Faria',
  })
  expect((await patch({ display_name: 'x'.repeat(41) })).body.details).toHaveProperty('display_name')
  expect((await patch({ note: 'x'.repeat(501) })).status).toBe(422)
  expect((await patch({ source: { language: 'klingon' } })).status).toBe(422)
  expect((await patch({ is_demo: true, suspended_at: null, role_id: '3' })).status).toBe(200)
  const bare = await town.call('DELETE', '/api/v1/profile/avatar', { token: ines.token })
  expect(bare.body.avatar).toMatch(/avatar\.svg$/)
})
