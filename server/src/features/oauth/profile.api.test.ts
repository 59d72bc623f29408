import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#4a7c9b' } })
const fetchFile = (url: string) => fetch(url.replace('https://town.test', town.url))

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
