import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dial, until, type Listener } from '#test/listener'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
const open: Listener[] = []
beforeAll(async () => {
  town = await startTown()
})
afterAll(async () => {
  for (const listener of open) listener.socket.terminate()
  await town[Symbol.asyncDispose]()
})

type Six = [Person, Person, Person, Person, Person, Person]
type Post = { id: string; hamlet?: { reason?: { kind: string } } }
const act = async (who: Person, path: string, json: Record<string, unknown> = {}, method = 'POST') => {
  const answer = await town.call(method, `/api/v1/${path}`, { token: who.token, json })
  expect(answer.status, answer.text).toBe(200)
  return answer.body
}
const get = async (who: Person, path: string) => (await town.call('GET', `/api/v1/${path}`, { token: who.token })).body
const say = (who: Person, status: string, more: Record<string, unknown> = {}): Promise<Post> =>
  act(who, 'statuses', { status, ...more })
const follow = (who: Person, whom: Person) => act(who, `accounts/${whom.accountId}/follow`)
const homeOf = (who: Person): Promise<Post[]> => get(who, 'timelines/home?limit=40')
const idsOf = (posts: Post[]) => posts.map((post) => post.id)
const readList = (who: Person, id: string): Promise<Post[]> => get(who, `timelines/list/${id}?limit=40`)
async function makeList(who: Person, people: Person[], fields: Record<string, unknown> = {}): Promise<string> {
  const { id } = await act(who, 'lists', { title: 'Rowers', ...fields })
  await act(who, `lists/${id}/accounts`, { account_ids: people.map((person) => person.accountId) })
  return id
}
let serial = 0
const people = (count: number) =>
  Promise.all(Array.from({ length: count }, () => town.person(`person_${(serial += 1)}`)))

describe('a list', () => {
  test('shows its members, their boosts and threads, and nobody else', async () => {
    const [owner, member, friend, stranger] = (await people(4)) as [Person, Person, Person, Person]
    for (const whom of [member, friend]) await follow(owner, whom)
    const id = await makeList(owner, [member])
    const start = await say(member, 'a start')
    const thread = await say(member, 'goes on', { in_reply_to_id: start.id })
    const closed = await say(member, 'for followers', { visibility: 'private' })
    const theirs = await say(stranger, 'far away')
    const boost = await act(member, `statuses/${theirs.id}/reblog`)
    await say(friend, 'not in the list')
    await say(owner, 'mine')
    const list = await readList(owner, id)
    expect(idsOf(list)).toEqual([boost.id, closed.id, thread.id, start.id])
    for (const post of list) expect(post.hamlet?.reason).toEqual({ kind: 'list', list_id: id, title: 'Rowers' })
  })

  test.each([
    ['followed', ['to member', 'to friend', 'to owner']],
    ['list', ['to member', 'to owner']],
    ['none', ['to owner']],
  ])('with the policy %s shows replies %j', async (replies_policy, shown) => {
    const [owner, one, other, friend, stranger] = (await people(5)) as [Person, Person, Person, Person, Person]
    for (const whom of [one, other, friend]) await follow(owner, whom)
    const id = await makeList(owner, [one, other], { replies_policy })
    for (const [name, whom] of Object.entries({ member: other, friend, owner, stranger })) {
      const root = await say(whom, 'a question')
      await say(one, `to ${name}`, { in_reply_to_id: root.id })
    }
    const texts = (await get(owner, `timelines/list/${id}`)).map((post: { content: string }) =>
      post.content.replaceAll(/<[^>]+>/g, ''),
    )
    expect(texts.filter((text: string) => text.startsWith('to ')).toSorted()).toEqual(shown.toSorted())
  })

  test('has pages that meet, at one cost however long', async () => {
    const [owner, member] = (await people(2)) as [Person, Person]
    await follow(owner, member)
    const id = await makeList(owner, [member])
    const said: string[] = []
    for (let n = 0; n < 5; n += 1) {
      said.unshift((await say(member, `post ${n}`)).id)
      town.clock.advance(1000)
    }
    const page = (query: string): Promise<Post[]> => get(owner, `timelines/list/${id}?${query}`)
    const first = await page('limit=2')
    expect(idsOf(first)).toEqual(said.slice(0, 2))
    expect(idsOf(await page(`max_id=${first[1]?.id}`))).toEqual(said.slice(2))
    expect(idsOf(await page(`limit=1&min_id=${said[4]}`))).toEqual([said[3]])
    const cost = (limit: number) => town.countStatements(() => page(`limit=${limit}`))
    expect(await cost(4)).toBe(await cost(1))
  })

  test('holds a stranger’s locked door shut until they open it, and forgets whoever is unfollowed', async () => {
    const [owner, shy] = (await people(2)) as [Person, Person]
    await act(shy, 'accounts/update_credentials', { locked: true }, 'PATCH')
    await follow(owner, shy)
    const id = await makeList(owner, [shy])
    const post = await say(shy, 'open to all')
    expect(await readList(owner, id)).toEqual([])
    await act(shy, `follow_requests/${owner.accountId}/authorize`)
    expect(idsOf(await readList(owner, id))).toEqual([post.id])
    await act(owner, `accounts/${shy.accountId}/unfollow`)
    expect(await readList(owner, id)).toEqual([])
  })

  test('that is exclusive takes its members out of home, and gives them back', async () => {
    const [owner, member, friend] = (await people(3)) as [Person, Person, Person]
    for (const whom of [member, friend]) await follow(owner, whom)
    await act(owner, 'tags/apart/follow')
    const id = await makeList(owner, [member, owner], { exclusive: true })
    const post = await say(member, 'a post #apart')
    const other = await say(friend, 'at home')
    const mine = await say(owner, 'mine')
    expect(idsOf(await homeOf(owner)).toSorted()).toEqual([other.id, mine.id].toSorted())
    expect(idsOf(await readList(owner, id)).toSorted()).toEqual([post.id, mine.id].toSorted())
    await act(owner, `lists/${id}`, { exclusive: false }, 'PUT')
    expect(idsOf(await homeOf(owner))).toContain(post.id)
  })

  test('leaves out people who are muted, and boosts that one does not want', async () => {
    const [owner, member, muted] = (await people(3)) as [Person, Person, Person]
    for (const whom of [member, muted]) await follow(owner, whom)
    const id = await makeList(owner, [member, muted])
    await act(owner, `accounts/${muted.accountId}/mute`)
    const noise = await say(muted, 'noise')
    await act(member, `statuses/${noise.id}/reblog`)
    expect(await readList(owner, id)).toEqual([])
    await act(owner, `accounts/${muted.accountId}/unmute`)
    await act(owner, `accounts/${member.accountId}/follow`, { reblogs: false })
    expect(idsOf(await readList(owner, id))).toEqual([noise.id])
  })
})

describe('followed hashtags at home', () => {
  test('bring public posts of anybody, replies too, each once', async () => {
    const [reader, friend, stranger] = (await people(3)) as [Person, Person, Person]
    await follow(reader, friend)
    for (const name of ['kelp', 'tide']) await act(reader, `tags/${name}/follow`)
    const open = await say(stranger, 'some #Kelp at #tide')
    const reply = await say(stranger, 'more #kelp', { in_reply_to_id: open.id })
    const both = await say(friend, '#kelp')
    await say(stranger, 'no tag')
    expect(idsOf(await homeOf(reader)).toSorted()).toEqual([open.id, reply.id, both.id].toSorted())
    await act(reader, 'tags/kelp/unfollow')
    expect(idsOf(await homeOf(reader)).toSorted()).toEqual([open.id, both.id].toSorted())
  })

  test('never bring what is not public, nor people who are limited, muted or blocked', async () => {
    const [reader, stranger, muted, blocked, blocker, limited] = (await people(6)) as Six
    await act(reader, 'tags/secret/follow')
    await act(reader, `accounts/${muted.accountId}/mute`)
    await act(reader, `accounts/${blocked.accountId}/block`)
    await act(blocker, `accounts/${reader.accountId}/block`)
    const limited_at = town.clock.now().toISOString()
    await town.ctx.db.updateTable('accounts').set({ limited_at }).where('id', '=', limited.accountId).execute()
    for (const visibility of ['unlisted', 'private', 'direct']) await say(stranger, '#secret', { visibility })
    for (const who of [muted, blocked, blocker, limited]) await say(who, '#secret')
    expect(await homeOf(reader)).toEqual([])
    await follow(reader, limited)
    expect(await homeOf(reader)).toHaveLength(1)
  })

  test('cost home no statement more, and are found below a window that is too thin', async () => {
    const [reader, stranger] = (await people(2)) as [Person, Person]
    await act(reader, 'tags/deep/follow')
    for (let n = 0; n < 3; n += 1) await say(stranger, `#deep ${n}`)
    // What the posts still cause is not what reading costs.
    await town.settled()
    const cost = (limit: number) => town.countStatements(() => get(reader, `timelines/home?limit=${limit}`))
    expect(await cost(3)).toBe(await cost(1))
    const before = idsOf(await homeOf(reader))
    await buryUnder(5_001, stranger)
    expect(idsOf(await homeOf(reader))).toEqual(before)
  })

  /** So many posts without a tag, newer than all others. */
  async function buryUnder(count: number, author: Person): Promise<void> {
    town.clock.advance(60_000)
    const from = BigInt(town.clock.now().getTime()) << 16n
    const rows = Array.from({ length: count }, (_, n) => ({
      id: String(from + BigInt(n)),
      account_id: author.accountId,
      uri: `http://town.test/buried/${n}`,
      url: `http://town.test/buried/${n}`,
      visibility: 'public',
      created_at: town.clock.now().toISOString(),
      is_local: true,
      conversation_id: String(from + BigInt(n)),
    }))
    for (let at = 0; at < rows.length; at += 1000)
      await town.ctx.db
        .insertInto('statuses')
        .values(rows.slice(at, at + 1000))
        .execute()
    town.clock.advance(60_000)
  }
})

test('home says of every post why it is there, and it is true', async () => {
  const [reader, friend, stranger] = (await people(3)) as [Person, Person, Person]
  await follow(reader, friend)
  await act(reader, 'tags/HighWater/follow')
  const because = new Map<string, unknown>()
  const expected = (post: Post, reason: unknown) => because.set(post.id, reason)
  const { accountId: account_id } = friend
  expected(await say(reader, 'mine #highwater'), { kind: 'own' })
  expected(await say(friend, 'theirs'), { kind: 'followed', account_id })
  expected(await say(friend, 'theirs too #highwater'), { kind: 'followed', account_id })
  const far = await say(stranger, 'far')
  expected(await act(friend, `statuses/${far.id}/reblog`), { kind: 'boosted_by', account_id })
  expected(await say(stranger, 'near #highwater'), { kind: 'tag', tags: ['HighWater'] })
  // To somebody whom the reader does not follow: only its hashtag brings it.
  expected(await say(friend, 'to a stranger #highwater', { in_reply_to_id: far.id }), {
    kind: 'tag',
    tags: ['HighWater'],
  })
  expected(await say(friend, `@${reader.username} psst`, { visibility: 'direct' }), { kind: 'mentioned', account_id })
  const home = await homeOf(reader)
  expect(new Map(home.map((post) => [post.id, post.hamlet?.reason]))).toEqual(because)
  const { configuration } = await get(reader, '../v2/instance')
  expect(configuration.hamlet.extensions).toContain('home_reasons')
})

describe('hashtag feeds', () => {
  test('of any, all and none of some names', async () => {
    const [author] = (await people(1)) as [Person]
    const posts: Record<string, string> = {}
    for (const tags of ['#aa', '#bb', '#aa #bb', '#aa #bb #cc', '#cc']) posts[tags] = (await say(author, tags)).id
    const read = async (query: string) =>
      idsOf(await get(author, `timelines/tag/AA?${query}`))
        .map((id) => Object.entries(posts).find(([, one]) => one === id)?.[0])
        .toSorted((a = '', b = '') => a.localeCompare(b))
    expect(await read('')).toEqual(['#aa', '#aa #bb', '#aa #bb #cc'])
    expect(await read('any[]=bb&any[]=cc')).toEqual(['#aa', '#aa #bb', '#aa #bb #cc', '#bb', '#cc'])
    expect(await read('all[]=bb&all[]=Bb')).toEqual(['#aa #bb', '#aa #bb #cc'])
    expect(await read('none[]=cc')).toEqual(['#aa', '#aa #bb'])
    expect(await read('any[]=cc&all[]=bb&none[]=zz')).toEqual(['#aa #bb', '#aa #bb #cc'])
    expect(await read('any=cc')).toContain('#cc')
    expect(await read('any[]=x&any[]=x&any[]=x&any[]=x&any[]=cc')).not.toContain('#cc')
  })

  test('keep what was asked in the addresses of their pages', async () => {
    const [author] = (await people(1)) as [Person]
    for (let n = 0; n < 2; n += 1) await say(author, `#paged ${n}`)
    const page = await town.call('GET', '/api/v1/timelines/tag/paged?limit=1&none[]=zz&local=true')
    expect(decodeURIComponent(page.headers.get('link') ?? '')).toMatch(/none\[\]=zz&local=true&max_id=/)
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    expect((await town.call('GET', new URL(next).pathname + new URL(next).search)).body).toHaveLength(1)
  })
})

describe('streams', () => {
  async function listen(who: Person, streams: Record<string, string>[]): Promise<Listener> {
    const listener = await dial(town.url, { token: who.token })
    open.push(listener)
    for (const stream of streams) listener.say({ type: 'subscribe', ...stream })
    return listener
  }

  /** Speaks until the subscription, which is looked up first, is there. */
  async function heardOn(ear: Listener, who: Person, stream: string): Promise<void> {
    for (let tried = 0; tried < 100; tried += 1) {
      await say(who, 'a mark')
      await new Promise((done) => setTimeout(done, 50))
      if (ear.heard.some((one) => one.stream[0] === stream)) return
    }
    throw new Error(`nothing was heard on ${stream}`)
  }

  test('of a list tell what its feed shows and what becomes of it, and why it is there', async () => {
    const [owner, member, friend] = (await people(3)) as [Person, Person, Person]
    for (const whom of [member, friend]) await follow(owner, whom)
    const id = await makeList(owner, [member, owner], { exclusive: true })
    const ear = await listen(owner, [{ stream: 'user' }, { stream: 'list', list: id }])
    await heardOn(ear, owner, 'list')
    await say(friend, 'not here')
    const post = await say(member, 'here')
    const heard = await ear.hear('update', (status) => status.id === post.id)
    expect(heard.hamlet.reason).toEqual({ kind: 'list', list_id: id, title: 'Rowers' })
    await act(member, `statuses/${post.id}`, { status: 'changed' }, 'PUT')
    expect(await ear.hear('status.update')).toMatchObject({ id: post.id })
    await act(member, `statuses/${post.id}`, {}, 'DELETE')
    await until(
      () => ear.heard.some((one) => one.event === 'delete' && one.stream[0] === 'list') || undefined,
      'delete',
    )
    const told = ear.heard.filter((one) => one.payload.includes(post.id) && one.event !== 'delete')
    expect(told.map((one) => one.stream)).toEqual([
      ['list', id],
      ['list', id],
    ])
  })

  test('of a list of somebody else are refused', async () => {
    const [owner, other] = (await people(2)) as [Person, Person]
    const id = await makeList(owner, [owner])
    const ear = await listen(other, [{ stream: 'list', list: id }])
    expect(await ear.complaint()).toEqual({ error: 'Not authorized to stream this list', status: 401 })
  })

  test('of home bring followed hashtags, with the reason of each listener, and nothing closed', async () => {
    const [author, follower, tagged] = (await people(3)) as [Person, Person, Person]
    await follow(follower, author)
    await act(tagged, 'tags/live/follow')
    const ears = await Promise.all([follower, tagged].map((who) => listen(who, [{ stream: 'user' }])))
    for (const [ear, who] of ears.map((one, index) => [one, [follower, tagged][index] as Person] as const)) {
      await heardOn(ear, who, 'user')
    }
    const closed = await say(author, 'a closed #live', { visibility: 'private' })
    const post = await say(author, 'an open #live')
    const reasons = await Promise.all(
      ears.map(async (ear) => (await ear.hear('update', (status) => status.id === post.id)).hamlet.reason),
    )
    expect(reasons).toEqual([
      { kind: 'followed', account_id: author.accountId },
      { kind: 'tag', tags: ['live'] },
    ])
    expect(ears[1]?.heard.some((one) => one.payload.includes(closed.id))).toBe(false)
  })
})
