import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTown, type Caller, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let other: Person
beforeAll(async () => {
  town = await startTown()
  ines = await town.person('ines')
  other = await town.person('other')
})
afterAll(() => town[Symbol.asyncDispose]())

const call = (who: Person, method: string, path: string, caller: Caller = {}) =>
  town.call(method, path, { token: who.token, ...caller })
const ask = async (method: string, path: string, json?: unknown, who = ines) =>
  (await call(who, method, path, json === undefined ? {} : { json })).body
const make = (json: Record<string, unknown> = {}, who = ines) =>
  ask('POST', '/api/v2/filters', { title: 'Quiet', context: ['home'], ...json }, who)
const inMinutes = (minutes: number) => new Date(town.clock.now().getTime() + minutes * 60_000).toISOString()

describe('filters', () => {
  test('are made, shown, listed, changed and ended', async () => {
    const keywords_attributes = [{ keyword: 'one' }, { keyword: 'two', whole_word: false }]
    const made = await make({ filter_action: 'blur', context: ['home', 'public', 'home'], keywords_attributes })
    expect(made).toEqual({
      id: expect.any(String),
      title: 'Quiet',
      context: ['home', 'public'],
      expires_at: null,
      filter_action: 'blur',
      keywords: [
        { id: expect.any(String), keyword: 'one', whole_word: true },
        { id: expect.any(String), keyword: 'two', whole_word: false },
      ],
      statuses: [],
    })
    expect(await ask('GET', `/api/v2/filters/${made.id}`)).toEqual(made)
    expect(await ask('GET', '/api/v2/filters')).toContainEqual(made)
    const [one, two] = made.keywords
    const changed = await ask('PUT', `/api/v2/filters/${made.id}`, {
      title: 'Still',
      filter_action: 'hide',
      keywords_attributes: [
        { id: one.id, _destroy: true },
        { id: two.id, keyword: 'deux', whole_word: true },
        { keyword: 'trois' },
      ],
    })
    expect(changed).toMatchObject({ title: 'Still', context: ['home', 'public'], filter_action: 'hide' })
    expect(changed.keywords).toEqual([
      { id: two.id, keyword: 'deux', whole_word: true },
      { id: expect.any(String), keyword: 'trois', whole_word: true },
    ])
    const gone = await call(ines, 'DELETE', `/api/v2/filters/${made.id}`)
    expect([gone.status, gone.body]).toEqual([200, {}])
    expect((await call(ines, 'GET', `/api/v2/filters/${made.id}`)).status).toBe(404)
  })

  test('end when it is said, and never again when it is unsaid', async () => {
    const made = await make({ expires_in: 60 })
    expect(made.expires_at.slice(0, 16)).toBe(inMinutes(1).slice(0, 16))
    const put = (json: unknown) => ask('PUT', `/api/v2/filters/${made.id}`, json)
    expect((await put({ title: 'Later' })).expires_at).toBe(made.expires_at)
    expect((await put({ expires_in: null })).expires_at).toBeNull()
    expect((await put({ expires_in: 60 })).expires_at).not.toBeNull()
    const form = await call(ines, 'PUT', `/api/v2/filters/${made.id}`, { form: 'expires_in=' })
    expect([form.status, form.body.expires_at]).toEqual([200, null])
  })

  test('forms may list or number their keywords', async () => {
    const base = 'title=Form&context[]=home&context[]=thread'
    const listed =
      'keywords_attributes[][keyword]=a&keywords_attributes[][whole_word]=false&keywords_attributes[][keyword]=b'
    const numbered =
      'keywords_attributes[0][keyword]=a&keywords_attributes[0][whole_word]=0&keywords_attributes[1][keyword]=b'
    for (const keywords of [listed, numbered]) {
      const { body } = await call(ines, 'POST', '/api/v2/filters', { form: `${base}&${keywords}` })
      expect(body.context).toEqual(['home', 'thread'])
      expect(body.keywords).toMatchObject([
        { keyword: 'a', whole_word: false },
        { keyword: 'b', whole_word: true },
      ])
    }
  })

  test('what does not fit is refused in words, and nothing is kept of it', async () => {
    const before = await ask('GET', '/api/v2/filters')
    const no = async (json: Record<string, unknown>) => {
      const answer = await call(ines, 'POST', '/api/v2/filters', { json })
      return `${answer.status} ${answer.body.error}`
    }
    expect(await no({})).toBe("422 Validation failed: Title can't be blank, Context can't be blank")
    expect(await no({ title: ' ', context: ['home'] })).toBe("422 Validation failed: Title can't be blank")
    expect(await no({ title: 'x'.repeat(257), context: ['home'] })).toContain('Title is too long')
    expect(await no({ title: 'x', context: ['kitchen'] })).toContain('422 Validation failed: Context must be')
    expect(await no({ title: 'x', context: ['home'], filter_action: 'burn' })).toContain('Action must be')
    const within = (keyword: string) => no({ title: 'x', context: ['home'], keywords_attributes: [{ keyword }] })
    for (const blank of ['', '  ', '\u200b']) expect(await within(blank)).toContain("Keyword can't be blank")
    expect(await within('x'.repeat(513))).toContain('Keyword is too long')
    expect(await no({ title: 'x', context: ['home'], expires_in: -1 })).toContain('422')
    expect(await ask('GET', '/api/v2/filters')).toEqual(before)
  })

  test('hold so many words and no more', async () => {
    const mara = await town.person('mara')
    const thousand = Array.from({ length: 1_000 }, (_, index) => ({ keyword: `word ${index}` }))
    const filter = await make({ keywords_attributes: thousand }, mara)
    expect(filter.keywords).toHaveLength(1_000)
    for (let round = 0; round < 4; round += 1) await make({ keywords_attributes: thousand }, mara)
    const more = await call(mara, 'POST', `/api/v2/filters/${filter.id}/keywords`, { json: { keyword: 'one more' } })
    expect([more.status, more.body.error]).toEqual([422, 'Validation failed: More than 5000 keywords are too many'])
    expect((await ask('GET', `/api/v2/filters/${filter.id}/keywords`, undefined, mara)).length).toBe(1_000)
  })
})

describe('keywords and single posts', () => {
  test('a keyword is added, shown, changed and taken away', async () => {
    const { id } = await make()
    const path = `/api/v2/filters/${id}/keywords`
    const keyword = await ask('POST', path, { keyword: ' Rain ' })
    expect(keyword).toEqual({ id: expect.any(String), keyword: 'Rain', whole_word: true })
    expect(await ask('GET', path)).toEqual([keyword])
    const own = `/api/v2/filters/keywords/${keyword.id}`
    expect(await ask('GET', own)).toEqual(keyword)
    expect(await ask('PUT', own, { whole_word: false })).toEqual({ ...keyword, whole_word: false })
    expect(await ask('DELETE', own)).toEqual({})
    expect(await ask('GET', path)).toEqual([])
  })

  test('a post is named once, and only one that can be seen', async () => {
    const { id } = await make()
    const path = `/api/v2/filters/${id}/statuses`
    const post = await ask('POST', '/api/v1/statuses', { status: 'a post' }, other)
    const closed = await ask('POST', '/api/v1/statuses', { status: 'not for you', visibility: 'private' }, other)
    const single = await ask('POST', path, { status_id: post.id })
    expect(single).toEqual({ id: expect.any(String), status_id: post.id })
    expect((await call(ines, 'POST', path, { json: { status_id: post.id } })).body.error).toContain(
      'already been taken',
    )
    for (const status_id of [closed.id, '5', 'x', ''])
      expect((await call(ines, 'POST', path, { json: { status_id } })).status).toBe(404)
    expect(await ask('GET', path)).toEqual([single])
    expect(await ask('GET', `/api/v2/filters/statuses/${single.id}`)).toEqual(single)
    expect(await ask('DELETE', `/api/v2/filters/statuses/${single.id}`)).toEqual({})
    await ask('POST', path, { status_id: post.id })
    await ask('DELETE', `/api/v1/statuses/${post.id}`, {}, other)
    expect(await ask('GET', path)).toEqual([])
  })

  test('what is in a filter of somebody else is not there, nor is it taken over', async () => {
    const mine = await make({ keywords_attributes: [{ keyword: 'mine' }] })
    const theirs = await make({ keywords_attributes: [{ keyword: 'theirs' }] }, other)
    const post = await ask('POST', '/api/v1/statuses', { status: 'any' }, other)
    const single = await ask('POST', `/api/v2/filters/${mine.id}/statuses`, { status_id: post.id })
    const keyword = mine.keywords[0].id
    const attempts: [string, string, unknown?][] = [
      ['GET', `/api/v2/filters/${mine.id}`],
      ['PUT', `/api/v2/filters/${mine.id}`, { title: 'stolen' }],
      ['DELETE', `/api/v2/filters/${mine.id}`],
      ['GET', `/api/v2/filters/${mine.id}/keywords`],
      ['POST', `/api/v2/filters/${mine.id}/keywords`, { keyword: 'stolen' }],
      ['GET', `/api/v2/filters/${mine.id}/statuses`],
      ['POST', `/api/v2/filters/${mine.id}/statuses`, { status_id: post.id }],
      ['GET', `/api/v2/filters/keywords/${keyword}`],
      ['PUT', `/api/v2/filters/keywords/${keyword}`, { keyword: 'stolen' }],
      ['DELETE', `/api/v2/filters/keywords/${keyword}`],
      ['GET', `/api/v2/filters/statuses/${single.id}`],
      ['DELETE', `/api/v2/filters/statuses/${single.id}`],
      ['GET', `/api/v1/filters/${keyword}`],
      ['PUT', `/api/v1/filters/${keyword}`, { phrase: 'stolen', context: ['home'] }],
      ['DELETE', `/api/v1/filters/${keyword}`],
      ['PUT', `/api/v2/filters/${theirs.id}`, { keywords_attributes: [{ id: keyword, keyword: 'stolen' }] }],
      ['PUT', `/api/v2/filters/${theirs.id}`, { keywords_attributes: [{ id: keyword, _destroy: true }] }],
    ]
    for (const [method, path, json] of attempts) {
      const answer = await call(other, method, path, json === undefined ? {} : { json })
      expect([answer.status, answer.body.error], `${method} ${path}`).toEqual([404, 'Record not found'])
    }
    expect(await ask('GET', `/api/v2/filters/${mine.id}`)).toEqual({ ...mine, statuses: [single] })
  })
})

describe('the first version', () => {
  test('is one keyword each, over the same rows', async () => {
    const bram = await town.person('bram')
    const body = { phrase: 'rain', context: ['home'], irreversible: true, whole_word: false, expires_in: 60 }
    const made = await call(bram, 'POST', '/api/v1/filters', { json: body })
    expect(made.headers.get('deprecation')).toBe('@1668384000')
    expect(made.body).toMatchObject({ phrase: 'rain', context: ['home'], irreversible: true, whole_word: false })
    const own = `/api/v1/filters/${made.body.id}`
    expect(await ask('GET', own, undefined, bram)).toEqual(made.body)
    expect(await ask('GET', '/api/v1/filters', undefined, bram)).toEqual([made.body])
    const [filter] = await ask('GET', '/api/v2/filters', undefined, bram)
    expect(filter).toMatchObject({ title: 'rain', filter_action: 'hide', keywords: [{ id: made.body.id }] })
    const changed = await ask('PUT', own, { phrase: 'hail', context: ['public'], irreversible: false }, bram)
    expect(changed).toMatchObject({ phrase: 'hail', context: ['public'], irreversible: false, whole_word: false })
    expect(await ask('DELETE', own, undefined, bram)).toEqual({})
    expect(await ask('GET', '/api/v2/filters', undefined, bram)).toEqual([])
  })

  test('changes nothing that other keywords share, and keeps what it cannot say', async () => {
    const cleo = await town.person('cleo')
    const keywords_attributes = [{ keyword: 'rain' }, { keyword: 'hail' }]
    const filter = await make({ filter_action: 'blur', keywords_attributes }, cleo)
    const own = `/api/v1/filters/${filter.keywords[0].id}`
    const put = (json: Record<string, unknown>) =>
      call(cleo, 'PUT', own, { json: { phrase: 'rain', context: ['home'], irreversible: false, ...json } })
    expect((await put({ phrase: 'sleet', expires_in: '' })).body.phrase).toBe('sleet')
    for (const change of [{ context: ['public'] }, { irreversible: true }, { expires_in: 60 }])
      expect((await put({ phrase: 'snow', ...change })).status).toBe(422)
    await ask('DELETE', own, undefined, cleo)
    const [kept] = await ask('GET', '/api/v2/filters', undefined, cleo)
    expect(kept).toMatchObject({ id: filter.id, filter_action: 'blur', context: ['home'] })
    expect(kept.keywords).toMatchObject([{ keyword: 'hail' }])
  })

  test('refuses what does not fit', async () => {
    const no = async (json: unknown) => (await call(ines, 'POST', '/api/v1/filters', { json })).body.error
    expect(await no({ context: ['home'] })).toBe("Validation failed: Keyword can't be blank")
    expect(await no({ phrase: 'x' })).toBe("Validation failed: Context can't be blank")
    const long = await call(ines, 'POST', '/api/v1/filters', { json: { phrase: 'y'.repeat(400), context: ['home'] } })
    expect(long.body.phrase).toHaveLength(400)
  })
})

test('scopes: who reads filters does not write them, and who reads posts does not read them', async () => {
  const status = async (scopes: string, method: string, path: string, json?: unknown) => {
    const person = await town.person(`scoped_${scopes.replaceAll(/\W/g, '_')}_${method.toLowerCase()}`, scopes)
    return (await call(person, method, path, json === undefined ? {} : { json })).status
  }
  const body = { title: 'x', context: ['home'] }
  expect(await status('read:filters', 'GET', '/api/v2/filters')).toBe(200)
  expect(await status('read:statuses', 'GET', '/api/v2/filters')).toBe(403)
  expect(await status('write:filters', 'POST', '/api/v2/filters', body)).toBe(200)
  expect(await status('read:filters', 'POST', '/api/v2/filters', body)).toBe(403)
})

test('nothing failed on the way', () => {
  expect(town.log.filter((line) => line.includes('"error"'))).toEqual([])
})
