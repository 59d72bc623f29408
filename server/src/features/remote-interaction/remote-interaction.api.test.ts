import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'

let town: TestTown
let peer: Peer
let ines: Person
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  ;[peer, ines] = [await startPeer(), await town.person('ines')]
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const uri = () => `${town.url}/@ines`
const finger = (links: object[]) =>
  peer.documents.set(`/.well-known/webfinger?resource=${encodeURIComponent(`acct:greta@${peer.host}`)}`, {
    subject: `acct:greta@${peer.host}`,
    links,
  })
const press = (fields: Record<string, string>) =>
  town.call('POST', '/interact', {
    form: new URLSearchParams(fields).toString(),
    headers: { origin: town.url, accept: 'text/html' },
  })
const rel = 'http://ostatus.org/schema/1.0/subscribe'

test('the page asks for an address, and leads to the server that is behind it', async () => {
  const page = await town.call('GET', `/interact?uri=${encodeURIComponent(uri())}`, {
    headers: { accept: 'text/html' },
  })
  expect(page.status).toBe(200)
  expect(page.text).toContain('Go on from your own server')
  finger([{ rel, template: `http://${peer.host}/authorize?uri={uri}` }])
  const led = await press({ uri: uri(), address: `@greta@${peer.host}` })
  expect(led.status).toBe(303)
  expect(led.headers.get('location')).toBe(`http://${peer.host}/authorize?uri=${encodeURIComponent(uri())}`)
})

test('a server that does not say where, or says it with a script, is left to the hand', async () => {
  for (const template of [undefined, 'javascript:alert({uri})', `http://${peer.host}/fixed`]) {
    finger(template ? [{ rel, template }] : [])
    const told = await press({ uri: uri(), address: `greta@${peer.host}` })
    expect(told.status).toBe(200)
    expect(told.text).toContain('paste this into its search')
  }
})

test('what is no address, nobody, or not ours is refused in words', async () => {
  expect((await press({ uri: uri(), address: 'ines' })).status).toBe(422)
  const nobody = await press({ uri: uri(), address: `nobody@${peer.host}` })
  expect([nobody.status, nobody.text.includes('could not be reached')]).toEqual([422, true])
  for (const stranger of ['https://evil.example/', `${town.url}.evil.example/@ines`, ''])
    expect((await press({ uri: stranger, address: `greta@${peer.host}` })).status).toBe(400)
  expect((await town.call('GET', '/interact', { headers: { accept: 'text/html' } })).status).toBe(400)
})

test('whoever comes from elsewhere is led to the door, then to what they came for', async () => {
  const asked = await town.call('GET', '/authorize_interaction?uri=acct%3Agreta%40b.example')
  expect(asked.status).toBe(303)
  expect(asked.headers.get('location')).toBe(
    `/sign-in?next=${encodeURIComponent('/authorize_interaction?uri=acct%3Agreta%40b.example')}`,
  )
  const jrd = await town.call('GET', `/.well-known/webfinger?resource=acct:ines@${new URL(town.url).host}`)
  const subscribe = jrd.body.links.find((link: { rel: string }) => link.rel === rel)
  expect(subscribe.template).toBe(`${town.url}/authorize_interaction?uri={uri}`)
  expect(ines.username).toBe('ines')
})
