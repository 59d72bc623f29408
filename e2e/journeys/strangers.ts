import assert from 'node:assert/strict'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright-core'
import { worst } from '../../server/test/attacks.ts'
import { startPeer } from '../../server/test/peer.ts'
import { ask } from '../api.ts'
import { furnish, type Furnished } from '../furnish.ts'
import { fill, readPatterns } from '../patterns.ts'
import { settled } from '../screens.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
const CANARY = 'hamletCanary'
/** Every screen of the app in `npm run test:long`; every test run looks at each second one. */
const IS_WHOLE = process.env.HAMLET_TEST_MATRIX === 'all'

/** Words that would run if a screen took them for more than words, in every field, on every screen, public and own. */
export async function meetStrangers(browser: Browser, town: Town, picture: Buffer): Promise<void> {
  const pages = await startPages()
  try {
    const furnished = await furnish(town, { reader: 'odette', writer: 'moray' }, worst, picture)
    const root = furnished.posts.at(-1) as { id: string; url: string }
    await link(town, furnished, pages.url)
    const remote = await hearFromElsewhere(town, furnished, root.id)
    const settings = { title: '"><img src=x onerror=canary(1)>', description: worst.join(' ').slice(0, 1000) }
    for (const [name, value] of Object.entries(settings)) await town.hamlet('settings', 'set', name, value)
    const client = await ask<{ client_id: string }>(town, furnished.reader.token, ['POST', '/api/v1/apps'], {
      client_name: '<img src=x onerror=canary(2)>',
      redirect_uris: 'urn:ietf:wg:oauth:2.0:oob',
      scopes: 'read',
    })
    const seen = await walk(browser, town, furnished, { remote, client: client.client_id })
    await town.hamlet('settings', 'set', 'title', 'Skerry')
    await town.hamlet('settings', 'set', 'description', '')
    console.log(`        ${seen.screens} screens with ${worst.length} attacks in every field: ${seen.woken} ran`)
    assert.equal(seen.woken, 0, 'nothing that a stranger wrote ran')
  } finally {
    pages.server.close()
  }
}

/** A page elsewhere that attacks whoever makes a card of it. */
async function startPages(): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const attack = worst[Number(request.url?.slice(1))] ?? ''
    const safe = attack.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
    const metas = ['title', 'description', 'site_name'].map((name) => `<meta property="og:${name}" content="${safe}">`)
    const author = `<meta name="author" content="${safe}">`
    response.writeHead(200, { 'content-type': 'text/html' }).end(`<html><head>${metas.join('')}${author}</head></html>`)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { server, url: `http://localhost:${(server.address() as AddressInfo).port}` }
}

async function link(town: Town, { writer }: Furnished, url: string): Promise<void> {
  for (const index of worst.keys())
    await ask(town, writer.token, ['POST', '/api/v1/statuses'], { status: `see ${url}/${index} #sea` })
}

/** Somebody of another server answers, with attacks wherever ActivityPub has room for words; gives their name here. */
async function hearFromElsewhere(town: Town, { reader }: Furnished, postId: string): Promise<string> {
  await using peer = await startPeer()
  const speaker = peer.addActor('shark')
  const actor = peer.documents.get('/users/shark') as Record<string, unknown>
  const attachment = worst.slice(0, 4).map((word) => ({ type: 'PropertyValue', name: word, value: word }))
  const described = { name: '<img src=x onerror=canary(3)>', summary: worst.join(' '), url: worst[3], attachment }
  peer.documents.set('/users/shark', { ...actor, ...described })
  const inReplyTo = await ask<{ uri: string }>(town, reader.token, ['GET', `/api/v1/statuses/${postId}`])
  const asActor = `${town.url}/ap/users/${reader.id}`
  for (const [index, word] of worst.entries()) {
    const tag = [
      { type: 'Mention', href: asActor, name: `@${reader.name}` },
      { type: 'Hashtag', name: `#${word}`, href: word },
      { type: 'Emoji', name: ':evil:', icon: { type: 'Image', url: word } },
    ]
    const image = { type: 'Document', mediaType: 'image/png', url: `${peer.url}/none.png`, name: word }
    const note = {
      id: `${speaker.id}/notes/${index}`,
      type: 'Note',
      attributedTo: speaker.id,
      inReplyTo: inReplyTo.uri,
      content: `<p>${word} :evil:</p>`,
      summary: index % 2 ? word : null,
      url: word,
      to: [PUBLIC],
      cc: [asActor],
      tag,
      attachment: [image],
      published: new Date().toISOString(),
    }
    const create = { id: `${note.id}/create`, type: 'Create', actor: speaker.id, to: [PUBLIC], object: note }
    assert.equal(await peer.send(`${town.url}/inbox`, create, speaker), 202)
  }
  const path = `/api/v1/statuses/${postId}/context`
  for (let round = 0; round < 100; round += 1) {
    const { descendants } = await ask<{ descendants: { account: { acct: string } }[] }>(town, reader.token, [
      'GET',
      path,
    ])
    const theirs = descendants.filter(({ account }) => account.acct.includes('@'))
    if (theirs.length === worst.length) return theirs[0]?.account.acct ?? ''
    await new Promise((done) => setTimeout(done, 100))
  }
  throw new Error('What was said elsewhere did not arrive')
}

type Strange = { remote: string; client: string }

async function walk(browser: Browser, town: Town, furnished: Furnished, { remote, client }: Strange) {
  const seen = { screens: 0, woken: 0 }
  const page = await signIn(browser, town, furnished.reader.name)
  const listen = async (one: Page) => {
    await one.context().exposeBinding(CANARY, () => void (seen.woken += 1))
    await one.addInitScript((name) => {
      const wake = (number: number) => (globalThis as unknown as Record<string, (n: number) => void>)[name]?.(number)
      Object.assign(globalThis, { canary: wake })
    }, CANARY)
  }
  await listen(page)
  const attack = encodeURIComponent(worst[1] ?? '')
  const patterns = readPatterns().filter((_, at) => IS_WHOLE || at % 2 === 0)
  const own = patterns.map((pattern) => fill(pattern, furnished.subjects))
  const more = [`/@${remote}`, `/search?q=${attack}`, `/tags/${attack}`, `/@${attack}`, `/share?text=${attack}`]
  const consent = `/oauth/authorize?response_type=code&client_id=${client}&redirect_uri=urn:ietf:wg:oauth:2.0:oob`
  for (const path of [...own, ...more, consent]) await look(page, town, path, seen)
  await openDrafts(page, town)
  await page.context().close()
  const stranger = await (await browser.newContext()).newPage()
  await listen(stranger)
  const profile = `/@${furnished.writer.name}`
  const post = `${profile}/${furnished.subjects.post}`
  const forms = [`/sign-in?next=${attack}`, `/interact?uri=${attack}`, `/tags/${attack}`, `/@${attack}`, `/${attack}`]
  for (const path of ['/', '/about', '/sign-up', profile, post, `${post}/embed`, '/tags/sea', ...forms])
    await look(stranger, town, path, seen)
  await stranger.context().close()
  return seen
}

/** Goes there, opens what is folded, and looks for what no screen of ours has. */
async function look(page: Page, town: Town, path: string, seen: { screens: number }): Promise<void> {
  await page.goto(`${town.url}${path}`)
  await settled(page)
  const strange = await page.evaluate(() => {
    document.documentElement.dataset.opened = 'by the test'
    for (const fold of document.querySelectorAll('details')) fold.open = true
    for (const cover of document.querySelectorAll<HTMLElement>('.card-warning button')) cover.click()
    const inline = [...document.scripts].filter((one) => !one.src && one.type !== 'application/ld+json')
    const foreign = document.querySelectorAll('iframe, object, embed, base, style, math, [srcdoc], [http-equiv]')
    const armed = [...document.querySelectorAll('*')].filter((one) =>
      [...one.attributes].some(
        ({ name, value }) => name.startsWith('on') || /^\s*(?:javascript|data:text|vbscript)/i.test(value),
      ),
    )
    return [...inline, ...foreign, ...armed].map((one) => one.outerHTML.slice(0, 200))
  })
  // The bare value of a field is no address: it is shown to whoever wrote it.
  const harmful = strange.filter((html) => !/^<(?:input|textarea|option)\b/.test(html))
  assert.deepEqual(harmful, [], `${path} holds nothing that a stranger brought`)
  seen.screens += 1
}

async function openDrafts(page: Page, town: Town): Promise<void> {
  await page.goto(`${town.url}/home`)
  await page.getByRole('button', { name: 'New post' }).first().click()
  await page.getByRole('button', { name: 'Drafts' }).first().click()
  await page.getByText('canary(101)').last().waitFor()
}
