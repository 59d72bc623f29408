import { existsSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rooms } from '#app/rooms'
import { transact } from '#platform/context'
import { makePicture } from '#test/pictures'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())

const path = '/api/v1/accounts/update_credentials'
const patch = (json: Record<string, unknown>, who = ines) => town.call('PATCH', path, { token: who.token, json })
const send = (parts: Record<string, string | Buffer>, who = ines) =>
  town.call('PATCH', path, { token: who.token, parts })
const show = async (who = ines) => (await town.call('GET', `/api/v1/accounts/${who.accountId}`)).body
const fileOf = (url: string) => join(town.ctx.config.dataDir, 'media', new URL(url).pathname.slice('/media/'.length))
const versionOf = async (who: Person) =>
  (await town.ctx.db.selectFrom('accounts').select('version').where('id', '=', who.accountId).executeTakeFirstOrThrow())
    .version

describe('words', () => {
  test('are kept as written for their owner and shown as HTML to others, with links but never as markup', async () => {
    const note = 'Tide <b>pools</b>\nhttps://example.org #anemones'
    const answer = await patch({
      display_name: '  Inês  Faria ',
      note,
      fields_attributes: [
        { name: 'Site', value: 'https://example.org/ines' },
        { name: '<i>', value: '<img src=x onerror=alert(1)>' },
        { name: '', value: '' },
      ],
    })
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({
      display_name: 'Inês Faria',
      source: { note, fields: [{ name: 'Site', value: 'https://example.org/ines' }, { name: '<i>' }] },
    })
    const shown = await show()
    expect(shown.note).toContain('Tide &lt;b&gt;pools&lt;/b&gt;<br />')
    expect(shown.note).toContain('href="https://example.org"')
    expect(shown.note).toContain('/tags/anemones"')
    expect(shown.fields[0].value).toMatch(/^<a href="https:\/\/example.org\/ines"/)
    expect(shown.fields[1].value).toBe('&lt;img src=x onerror=alert(1)&gt;')
    const page = await town.call('GET', '/@ines', { headers: { accept: 'text/html' } })
    expect(page.text).not.toContain('<img src=x')
  })

  test('what is not named stays; a form numbers its fields; an empty list empties them', async () => {
    const form = await town.call('PATCH', path, {
      token: ines.token,
      form: 'fields_attributes[0][name]=Lab&fields_attributes[0][value]=North&fields_attributes[1][name]=Boat&fields_attributes[1][value]=Old',
    })
    expect(form.body).toMatchObject({ display_name: 'Inês Faria', fields: [{ name: 'Lab' }, { name: 'Boat' }] })
    const numbered = await patch({ fields_attributes: { 0: { name: 'One', value: '1' } } })
    expect(numbered.body.source.fields).toEqual([{ name: 'One', value: '1', verified_at: null }])
    expect((await patch({ fields_attributes: [] })).body.fields).toEqual([])
    expect((await patch({ note: '', display_name: '' })).body).toMatchObject({ note: '', display_name: '' })
  })

  test('too long, too many or nameless is refused with all its faults, and nothing is changed', async () => {
    const before = await show()
    const answer = await patch({ display_name: 'x'.repeat(41), note: 'x'.repeat(501), locked: true })
    expect(answer.status).toBe(422)
    expect(answer.body.error).toMatch(/^Validation failed: Display name is too long/)
    expect(answer.body.details).toEqual({
      display_name: [{ error: 'ERR_TOO_LONG', description: 'is too long (maximum is 40 characters)' }],
      note: [{ error: 'ERR_TOO_LONG', description: 'is too long (maximum is 500 characters)' }],
    })
    const field = { name: 'a', value: 'b' }
    for (const wrong of [
      { fields_attributes: [field, field, field, field, field] },
      { fields_attributes: [{ name: '', value: 'nameless' }] },
      { fields_attributes: [{ name: 'x'.repeat(256), value: '' }] },
      { avatar_description: 'x'.repeat(151) },
      { source: { language: 'klingon' } },
      { source: { privacy: 'direct' } },
      { source: { quote_policy: 'everyone' } },
      { avatar: 'https://example.org/a.png' },
    ])
      expect((await patch(wrong)).status, JSON.stringify(wrong)).toBe(422)
    expect(await show()).toEqual(before)
    expect((await patch({ note: `https://example.org/${'x'.repeat(600)}` })).status).toBe(200)
    expect((await patch({ fields_attributes: 'nonsense', display_name: 'a\0b' })).body.display_name).toBe('ab')
  })
})

test('flags and defaults are kept, each by itself', async () => {
  const flags = { locked: true, bot: true, discoverable: true, indexable: true, hide_collections: true }
  const source = { privacy: 'unlisted', sensitive: true, language: 'pt', quote_policy: 'followers' }
  expect((await patch({ ...flags, source })).body).toMatchObject({ ...flags, source })
  expect((await patch({ locked: false, source: { sensitive: false } })).body).toMatchObject({
    locked: false,
    bot: true,
    source: { ...source, sensitive: false },
  })
  const made = await town.call('POST', '/api/v1/statuses', { token: ines.token, json: { status: 'by default' } })
  expect(made.body).toMatchObject({ visibility: 'unlisted', language: 'pt', sensitive: false })
  expect((await patch({ source: { language: '' } })).body.source.language).toBeNull()
  const sneaky = { id: '5', username: 'root', suspended_at: null, followers_count: 9, role: { id: '3' } }
  expect((await patch(sneaky)).body).toMatchObject({ id: ines.accountId, username: 'ines', followers_count: 0 })
})

test('a change is told once, and what changes nothing is no change', async () => {
  const quiet = await town.person('quiet')
  await patch({ display_name: 'Quiet', fields_attributes: [{ name: 'a', value: 'b' }] }, quiet)
  const version = await versionOf(quiet)
  await patch({ display_name: 'Quiet', fields_attributes: [{ name: 'a', value: 'b' }], locked: false }, quiet)
  await town.call('DELETE', '/api/v1/profile/avatar', { token: quiet.token })
  expect(await versionOf(quiet)).toBe(version)
  await patch({ locked: true }, quiet)
  expect(await versionOf(quiet)).toBe(version + 1)
})

describe('pictures', () => {
  test('are cut to their frame, described, replaced and taken away with their files', async () => {
    const file = await makePicture('png', { width: 900, height: 300 })
    const first = await send({ avatar: file, header: file, avatar_description: 'Me', header_description: 'The sea' })
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({ avatar_description: 'Me', header_description: 'The sea' })
    const sizes = await Promise.all([first.body.avatar, first.body.header].map((url) => sharp(fileOf(url)).metadata()))
    expect(sizes.map(({ width, height }) => [width, height])).toEqual([
      [400, 400],
      [1500, 500],
    ])
    const second = await send({ avatar: await makePicture() })
    expect(second.body.avatar).not.toBe(first.body.avatar)
    expect(second.body).toMatchObject({ header: first.body.header, avatar_description: 'Me' })
    await town.settled()
    expect([existsSync(fileOf(first.body.avatar)), existsSync(fileOf(first.body.header))]).toEqual([false, true])
    const bare = await town.call('DELETE', '/api/v1/profile/avatar', { token: ines.token })
    expect(bare.body).toMatchObject({ avatar_description: '', header: first.body.header })
    expect(bare.body.avatar).toMatch(/avatar\.svg$/)
    expect((await town.call('DELETE', '/api/v1/profile/avatar', { token: ines.token })).status).toBe(200)
    expect((await town.call('DELETE', '/api/v1/profile/header', { token: ines.token })).body.header).toMatch(/svg$/)
    await town.settled()
    expect([existsSync(fileOf(second.body.avatar)), existsSync(fileOf(first.body.header))]).toEqual([false, false])
  })

  test('come as data URIs too', async () => {
    const file = await makePicture('webp')
    const answer = await patch({ avatar: `data:image/webp;base64,${file.toString('base64')}` })
    expect(answer.status).toBe(200)
    expect(await sharp(fileOf(answer.body.avatar)).metadata()).toMatchObject({ width: 400, height: 400 })
  })

  test('that are none are refused, and those beside them are not left behind', async () => {
    const before = await show()
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"/>')
    const answer = await send({ avatar: await makePicture(), header: svg, display_name: 'never' })
    expect(answer.status).toBe(422)
    expect(await show()).toEqual(before)
    expect((await send({ avatar: Buffer.concat([await makePicture(), Buffer.alloc(8_400_000)]) })).status).toBe(422)
    expect((await send({ avatar: Buffer.alloc(0), display_name: 'as before' })).status).toBe(200)
    expect((await show()).avatar).toBe(before.avatar)
  })

  test('two at once leave one file', async () => {
    const twice = await town.person('twice')
    const answers = await Promise.all([1, 2, 3].map(async () => send({ avatar: await makePicture() }, twice)))
    await town.settled()
    const kept = (await show(twice)).avatar
    const left = [...new Set(answers.map((answer) => answer.body.avatar as string))].filter((url) =>
      existsSync(fileOf(url)),
    )
    expect(left).toEqual([kept])
  })

  test('go with their account', async () => {
    const leaver = await town.person('leaver')
    const { body } = await send({ avatar: await makePicture() }, leaver)
    await transact(town.ctx, async (tx) => {
      for (const room of rooms) if (typeof room.erase === 'function') await room.erase(tx, leaver.accountId)
    })
    await town.settled()
    expect(existsSync(fileOf(body.avatar))).toBe(false)
  })
})

test('needs a person and the scope', async () => {
  const reader = await town.person('reader', 'read')
  expect((await patch({ note: 'x' }, reader)).status).toBe(403)
  expect((await town.call('PATCH', path, { json: { note: 'x' } })).status).toBe(401)
  expect((await town.call('DELETE', '/api/v1/profile/avatar', { token: reader.token })).status).toBe(403)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
