import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let ines: Person
let bram: Person
beforeAll(async () => {
  town = await startTown()
  ;[ines, bram] = [await town.person('ines'), await town.person('bram')]
})
afterAll(() => town[Symbol.asyncDispose]())

const say = async (status: string, more: Record<string, unknown> = {}, who = ines) =>
  (await town.call('POST', '/api/v1/statuses', { token: who.token, json: { status, ...more } })).body
const formats = ['.rss', '.atom', '/feed.json']
const types = ['application/rss+xml', 'application/atom+xml', 'application/feed+json']

test('a feed holds what everybody may read, newest first, and nothing else', async () => {
  await say('low tide <b>&</b> fog ]]> #Sea')
  await say('quiet words', { visibility: 'unlisted' })
  await say('for followers alone', { visibility: 'private' })
  await say('@bram for you alone', { visibility: 'direct' })
  await say('the words below', { spoiler_text: 'a <warning>' })
  const asked = await say('bram asks', {}, bram)
  await say('an answer', { in_reply_to_id: asked.id })
  for (const [index, ending] of formats.entries()) {
    const { status, headers, text } = await town.call('GET', `/@ines${ending}`)
    expect(status).toBe(200)
    expect(headers.get('content-type')).toContain(types[index])
    expect(headers.get('cache-control')).toBe('public, max-age=60')
    for (const words of ['quiet words', 'low tide', 'the words below']) expect(text).toContain(words)
    for (const secret of ['for followers alone', 'for you alone', 'an answer', 'bram asks'])
      expect(text).not.toContain(secret)
    expect(text.indexOf('the words below')).toBeLessThan(text.indexOf('low tide'))
  }
  const items = JSON.parse((await town.call('GET', '/@ines/feed.json')).text).items
  expect(items.map((one: { title: string }) => one.title)).toEqual([
    'a <warning>',
    'quiet words',
    'low tide <b>&</b> fog ]]> #Sea',
  ])
  const rss = (await town.call('GET', '/@ines.rss')).text
  expect(rss).toContain('a &lt;warning&gt;')
  expect(rss).toContain('<category>sea</category>')
})

test('a hashtag has feeds of its public posts', async () => {
  for (const ending of formats) {
    const { status, text } = await town.call('GET', `/tags/Sea${ending}`)
    expect(status).toBe(200)
    expect(text).toContain('low tide')
    expect(text).not.toContain('quiet words')
  }
})

test('a name that nobody has is not found; a limit is kept and judged; the cost does not grow with the posts', async () => {
  expect((await town.call('GET', '/@nobody.rss')).status).toBe(404)
  expect((await town.call('GET', '/@ines.rss?limit=no')).status).toBe(422)
  expect(JSON.parse((await town.call('GET', '/@ines/feed.json?limit=1')).text).items).toHaveLength(1)
  const few = await town.countStatements(() => town.call('GET', '/@ines/feed.json?limit=1'))
  const many = await town.countStatements(() => town.call('GET', '/@ines/feed.json'))
  expect(many).toBe(few)
})

test('a public post is shown on other sites, in a frame that no other page allows', async () => {
  const post = await say('frame me')
  const asked = await town.call('GET', `/api/oembed?url=${encodeURIComponent(post.url)}&maxwidth=300`)
  expect(asked.status).toBe(200)
  expect(asked.body).toMatchObject({ type: 'rich', version: '1.0', author_name: 'ines', width: 300, height: null })
  expect(asked.body.html).toContain(`${post.url}/embed`)
  const frame = await town.call('GET', `/@ines/${post.id}/embed`, { headers: { accept: 'text/html' } })
  expect(frame.status).toBe(200)
  expect(frame.text).toContain('frame me')
  expect(frame.text).not.toContain('<script')
  expect(frame.headers.get('content-security-policy')).not.toContain('frame-ancestors')
  const page = await town.call('GET', `/@ines/${post.id}`, { headers: { accept: 'text/html' } })
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

test('what is not for everybody has no frame and no oEmbed', async () => {
  const secret = await say('secret', { visibility: 'private' })
  expect((await town.call('GET', `/api/oembed?url=${encodeURIComponent(secret.url)}`)).status).toBe(404)
  const frame = await town.call('GET', `/@ines/${secret.id}/embed`, { headers: { accept: 'text/html' } })
  expect(frame.status).toBe(404)
  expect(frame.text).not.toContain('secret')
  for (const url of ['https://elsewhere.example/@ines/1', 'nonsense', `${town.url}/@ines`])
    expect((await town.call('GET', `/api/oembed?url=${encodeURIComponent(url)}`)).status).toBe(404)
  expect((await town.call('GET', `/api/oembed?url=${encodeURIComponent(secret.url)}&format=xml`)).status).toBe(404)
})

test('heads name the other forms of a page, and tell search engines only of those who want to be found', async () => {
  const post = await say('</script><script>alert(1)</script> found words')
  const read = async (path: string) => (await town.call('GET', path, { headers: { accept: 'text/html' } })).text
  expect(await read(`/@ines/${post.id}`)).not.toContain('application/ld+json')
  await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: { indexable: true } })
  const page = await read(`/@ines/${post.id}`)
  const block = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(page)?.[1] ?? ''
  expect(JSON.parse(block)).toMatchObject({
    '@type': 'SocialMediaPosting',
    text: '</script><script>alert(1)</script> found words',
    author: { name: 'ines' },
  })
  expect(page).toContain('type="application/json+oembed"')
  expect(page).not.toContain('<script>alert')
  const profile = await read('/@ines')
  for (const type of ['rss+xml', 'atom+xml', 'feed+json', 'activity+json'])
    expect(profile).toContain(`type="application/${type}"`)
  expect(profile).toContain('"@type":"ProfilePage"')
})
