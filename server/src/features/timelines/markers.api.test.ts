import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

test('where home was left is kept beside how far it was read, for whoever asks for it', async () => {
  const ines = await town.person('ines')
  const mark = (json: Record<string, unknown>) => town.call('POST', '/api/v1/markers', { token: ines.token, json })
  const read = async (...names: string[]) => {
    const query = names.map((name) => `timeline[]=${name}`).join('&')
    return (await town.call('GET', `/api/v1/markers?${query}`, { token: ines.token })).body
  }
  const said = await mark({ home: { last_read_id: '900' }, hamlet_home_place: { last_read_id: '700' } })
  expect(said.body).toMatchObject({ home: { last_read_id: '900' }, hamlet_home_place: { last_read_id: '700' } })
  await mark({ hamlet_home_place: { last_read_id: '0' } })
  expect(await read('home', 'hamlet_home_place')).toMatchObject({
    home: { last_read_id: '900', version: 1 },
    hamlet_home_place: { last_read_id: '0', version: 2 },
  })
  expect(Object.keys(await read('home', 'notifications')), 'apps that do not know it see nothing of it').toEqual([
    'home',
  ])
  expect((await mark({ hamlet_home_place: { last_read_id: 'there' } })).status).toBe(422)
})
