import { createRestAPIClient, createStreamingAPIClient } from 'masto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { openBrowser } from '#test/browser'
import { startTown, type TestTown } from '#test/test-town'

let town: TestTown
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  await town.person('noa')
  await town.person('ines')
})
afterAll(() => town[Symbol.asyncDispose]())

/** As every Mastodon app does: register, send the person to the browser, change the code into a token. */
async function authorise(name: string): Promise<string> {
  const guest = createRestAPIClient({ url: town.url })
  const redirectUris = 'urn:ietf:wg:oauth:2.0:oob'
  const app = await guest.v1.apps.create({ clientName: 'masto.js', redirectUris, scopes: 'read write follow' })
  const browser = openBrowser(town.url)
  await browser.post('/sign-in', { login: name, password: 'correct horse' })
  const led = await browser.post('/oauth/authorize', {
    response_type: 'code',
    client_id: app.clientId ?? '',
    redirect_uri: redirectUris,
    scope: 'read write follow',
    answer: 'allow',
  })
  const code = new URL(led.location ?? '', town.url).searchParams.get('code') ?? ''
  const response = await fetch(`${town.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUris,
      client_id: app.clientId ?? '',
      client_secret: app.clientSecret ?? '',
    }),
  })
  return ((await response.json()) as { access_token: string }).access_token
}

test('masto.js registers, signs in, posts, reads, and hears what happens', async () => {
  const [noaToken, inesToken] = [await authorise('noa'), await authorise('ines')]
  const noa = createRestAPIClient({ url: town.url, accessToken: noaToken })
  const ines = createRestAPIClient({ url: town.url, accessToken: inesToken })
  const me = await noa.v1.accounts.verifyCredentials()
  expect(me.acct).toBe('noa')
  const instance = await noa.v2.instance.fetch()
  expect(instance.configuration.urls.streaming).toMatch(/^ws:/)
  const stream = createStreamingAPIClient({
    streamingApiUrl: instance.configuration.urls.streaming,
    accessToken: noaToken,
    implementation: WebSocket,
  })
  await stream.prepare()
  const user = stream.user.subscribe()
  const heard: string[] = []
  const listening = (async () => {
    for await (const event of user) {
      heard.push(event.event)
      if (heard.includes('notification') && heard.includes('update')) break
    }
  })()
  await new Promise((done) => setTimeout(done, 300))
  const [inesAccount] = (await noa.v2.search.list({ q: 'ines', type: 'accounts' })).accounts
  await noa.v1.accounts.$select(inesAccount?.id ?? '').follow()
  const status = await ines.v1.statuses.create({ status: 'Hello @noa, from masto.js', visibility: 'public' })
  await listening
  stream.close()
  expect(heard).toEqual(expect.arrayContaining(['update', 'notification']))
  await noa.v1.statuses.$select(status.id).favourite()
  const replied = await noa.v1.statuses.create({ status: '@ines hello', inReplyToId: status.id })
  const context = await ines.v1.statuses.$select(status.id).context.fetch()
  expect(context.descendants.map((one) => one.id)).toEqual([replied.id])
  const edited = await ines.v1.statuses.$select(status.id).update({ status: 'Hello again @noa' })
  expect(edited.editedAt).not.toBeNull()
  const home = await noa.v1.timelines.home.list()
  expect(home.map((one) => one.id)).toEqual([replied.id, status.id])
  await town.settled()
  const notifications = await ines.v1.notifications.list()
  expect(notifications.map((one) => one.type).toSorted()).toEqual(['favourite', 'follow', 'mention'])
  expect((await noa.v1.filters.list()).length + (await noa.v1.lists.list()).length).toBe(0)
  await ines.v1.statuses.$select(status.id).remove()
  await expect(noa.v1.statuses.$select(status.id).fetch()).rejects.toThrow('Record not found')
})
