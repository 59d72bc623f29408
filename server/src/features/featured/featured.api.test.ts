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

const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status, ...more } })).body.id as string
const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
const read = (path: string, who?: Person) => town.call('GET', path, who ? { token: who.token } : {})
const ids = (answer: { body: { id: string }[] }) => answer.body.map(({ id }) => id)

describe('hashtags on a profile', () => {
  test('are put there once, counted by open posts, listed by use, and taken off', async () => {
    await say(ines, 'a boat #Woodwork')
    await say(ines, 'another #woodwork')
    await say(ines, 'not for all #woodwork', { visibility: 'private' })
    await say(ines, '#Faering')
    const made = await act(ines, 'featured_tags', { name: '#faering' })
    expect(made.body).toMatchObject({ name: 'Faering', statuses_count: '1', last_status_at: expect.any(String) })
    expect((await read('/api/v1/featured_tags/suggestions', ines)).body.map((tag: any) => tag.name)).toEqual([
      'Woodwork',
    ])
    expect((await act(ines, 'tags/woodwork/feature')).body).toMatchObject({ name: 'Woodwork', featuring: true })
    expect((await act(ines, 'featured_tags', { name: 'Woodwork' })).status).toBe(422)
    const shown = await read(`/api/v1/accounts/${ines.accountId}/featured_tags`)
    expect(shown.body.map((tag: any) => [tag.name, tag.statuses_count])).toEqual([
      ['Woodwork', '2'],
      ['Faering', '1'],
    ])
    expect((await fetch(`${town.address}${new URL(shown.body[0].url).pathname}`)).status).toBe(200)
    const remove = (id: string, who: Person) => town.call('DELETE', `/api/v1/featured_tags/${id}`, { token: who.token })
    expect((await remove(made.body.id, bram)).status).toBe(404)
    expect((await remove(made.body.id, ines)).status).toBe(200)
    const collection = await read(`/ap/users/${ines.accountId}/collections/tags`)
    expect(collection.body).toMatchObject({ type: 'Collection', totalItems: 1, items: [{ name: '#Woodwork' }] })
  })

  test('are ten at most, and hashtags', async () => {
    for (const name of ['two words', '123', '']) expect((await act(bram, 'featured_tags', { name })).status).toBe(422)
    for (let n = 0; n < 10; n += 1) expect((await act(bram, 'featured_tags', { name: `tag_${n}` })).status).toBe(200)
    expect((await act(bram, 'tags/eleventh/feature')).status).toBe(422)
    expect((await act(bram, 'tags/tag_1/feature')).status).toBe(200)
  })

  test('are not shown by who hides what they feature', async () => {
    const shy = await town.person('shy')
    await act(shy, 'featured_tags', { name: 'quiet' })
    await town.call('PATCH', '/api/v1/profile', { token: shy.token, json: { show_featured: false } })
    const path = `/api/v1/accounts/${shy.accountId}/featured_tags`
    expect((await read(path)).body).toEqual([])
    expect((await read(path, shy)).body).toHaveLength(1)
    expect((await read(`/api/v1/accounts/${shy.accountId}`)).body.show_featured).toBe(false)
  })
})

describe('posts on top of a profile', () => {
  test('are listed latest first to who may see them, marked for their author, and announced', async () => {
    const [one, two] = [await say(ines, 'first'), await say(ines, 'for followers', { visibility: 'private' })]
    for (const id of [one, two, two]) expect((await act(ines, `statuses/${id}/pin`)).body.pinned).toBe(true)
    const path = `/api/v1/accounts/${ines.accountId}/statuses?pinned=true`
    expect(ids(await read(path, ines))).toEqual([two, one])
    expect(ids(await read(path))).toEqual([one])
    expect((await read(`/api/v1/statuses/${one}`)).body).not.toHaveProperty('pinned')
    const collection = await read(`/ap/users/${ines.accountId}/collections/featured`)
    expect(collection.body).toMatchObject({ type: 'OrderedCollection', totalItems: 1 })
    expect((await read(`/ap/users/${ines.accountId}`)).body.featured).toBe(collection.body.id)
    expect((await act(ines, `statuses/${two}/unpin`)).body.pinned).toBe(false)
    expect((await act(ines, `statuses/${two}/unpin`)).status).toBe(200)
    expect(ids(await read(path, ines))).toEqual([one])
  })

  test('are one’s own, no boosts, no private messages, and five at most', async () => {
    const theirs = await say(ines, 'not yours')
    const secret = await say(bram, '@ines psst', { visibility: 'direct' })
    const boost = (await act(bram, `statuses/${theirs}/reblog`)).body.id as string
    for (const id of [theirs, secret, boost]) expect((await act(bram, `statuses/${id}/pin`)).status).toBe(422)
    expect((await act(bram, 'statuses/1/pin')).status).toBe(404)
    for (let n = 0; n < 5; n += 1) expect((await act(bram, `statuses/${await say(bram, `${n}`)}/pin`)).status).toBe(200)
    const sixth = await say(bram, 'sixth')
    expect((await act(bram, `statuses/${sixth}/pin`)).status).toBe(422)
    const [latest] = ids(await read(`/api/v1/accounts/${bram.accountId}/statuses?pinned=true`))
    await town.call('DELETE', `/api/v1/statuses/${latest}`, { token: bram.token })
    expect((await act(bram, `statuses/${sixth}/pin`)).status).toBe(200)
  })
})

test('one’s own profile is read as it was typed, and changed in part', async () => {
  const who = await town.person('keeper')
  const change = { note: 'I build *boats*', fields_attributes: [{ name: 'Site', value: 'https://x.test' }] }
  const saved = await town.call('PATCH', '/api/v1/profile', { token: who.token, json: change })
  expect(saved.body).toMatchObject({ note: 'I build *boats*', avatar: null, fields: [{ value: 'https://x.test' }] })
  expect(saved.body.formatted_note).toContain('<p>')
  const again = await town.call('PUT', '/api/v1/profile', { token: who.token, json: { show_media: false } })
  expect(again.body).toMatchObject({ note: 'I build *boats*', show_media: false, show_media_replies: true })
  expect((await read('/api/v1/profile', who)).body).toEqual(again.body)
  expect((await read('/api/v1/profile')).status).toBe(401)
  const long = await town.call('PATCH', '/api/v1/profile', { token: who.token, json: { note: 'x'.repeat(501) } })
  expect(long.status).toBe(422)
})
