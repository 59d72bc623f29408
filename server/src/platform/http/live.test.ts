import { request } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { steppingClock } from '#platform/clock'
import { readConfig } from '#platform/config'
import type { Context } from '#platform/context'
import { makeLog } from '#platform/log'
import { makeHttpServer, type Asked, type Viewer, type Wire } from '#platform/http'
import { dial, until } from '#test/listener'

const viewer: Viewer = {
  tokenId: '1',
  applicationId: '1',
  sessionId: null,
  scopes: ['read'],
  userId: '1',
  accountId: '1',
}
const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})

/** A server that knows one token and has one door, which remembers who came. */
async function openDoor(beatMs = 60_000) {
  const config = readConfig({ HAMLET_DOMAIN: 'town.test' })
  const ctx = { config, log: makeLog(() => {}), clock: steppingClock(new Date()), blobs: {} } as unknown as Context
  const wires = new Set<Wire>()
  const asked: Asked[] = []
  const door = { known: true, wires, asked, url: '' }
  const server = await makeHttpServer({
    ctx,
    routes: [],
    pages: [],
    pageSource: { render: () => Promise.reject(new Error('no pages here')), findFile: () => undefined },
    authenticate: {
      token: async (token) => (token === 'good' && door.known ? viewer : undefined),
      session: async () => undefined,
      permit: async () => {},
    },
    liveBeatMs: beatMs,
    live: {
      paths: { '/api/v1/streaming/user': 'user' },
      attend: (wire) => {
        wires.add(wire)
        return { hear: (words) => asked.push(words), ended: () => void wires.delete(wire) }
      },
      subscribe: async () => {},
    },
  })
  door.url = `http://127.0.0.1:${await server.listen('127.0.0.1', 0)}`
  stops.push(() => server.close())
  return Object.assign(door, { server })
}

const theWire = async (wires: Set<Wire>) => until(() => [...wires][0], 'nobody came')
const isEmpty = (wires: Set<Wire>) => until(() => (wires.size === 0 ? true : undefined), 'somebody is still there')

describe('sockets', () => {
  test('a reader that falls a megabyte behind is let go', async () => {
    const { url, wires } = await openDoor()
    const { socket } = await dial(url, { token: 'good' })
    const wire = await theWire(wires)
    socket.pause()
    const payload = 'x'.repeat(256_000)
    for (let at = 0; at < 200 && wires.size > 0; at += 1) {
      wire.send({ stream: ['user'], event: 'update', payload })
      await new Promise((done) => setImmediate(done))
    }
    await isEmpty(wires)
    socket.terminate()
  })

  test('who does not answer the beat is let go, who does stays', async () => {
    const { url, wires } = await openDoor(50)
    const alive = await dial(url, { token: 'good' })
    const dead = await dial(url, { token: 'good' })
    expect(wires.size).toBe(2)
    dead.socket.pause()
    await until(() => (wires.size === 1 ? true : undefined), 'the dead one stays')
    await new Promise((done) => setTimeout(done, 150))
    expect(wires.size).toBe(1)
    dead.socket.terminate()
    alive.socket.terminate()
  })

  test('whose token ends without a word is found out at the next beat', async () => {
    const door = await openDoor(50)
    const listener = await dial(door.url, { token: 'good' })
    door.known = false
    expect(await listener.closed).toBe(1008)
    await isEmpty(door.wires)
  })

  test('an offer of another protocol is passed over', async () => {
    const { url } = await openDoor()
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c', 'http2-settings': 'AAMAAABkAAQAAP__' }
    const status = await new Promise((done, fail) => {
      const going = request(`${url}/api/v1/streaming/health`, { headers }, (answer) => done(answer.statusCode))
      going.on('error', fail)
      going.end()
    })
    expect(status).toBe(200)
  })

  test('too many words, or too long ones, end it', async () => {
    const { url, asked } = await openDoor()
    const chatty = await dial(url, { token: 'good', query: '?stream=user' })
    for (let at = 0; at < 400; at += 1) chatty.say({ type: 'subscribe', stream: 'user' })
    expect(await chatty.closed).toBe(1008)
    expect(asked.length).toBeLessThanOrEqual(301)
    expect(asked[0]).toMatchObject({ type: 'subscribe', stream: 'user' })
    const long = await dial(url, { token: 'good' })
    long.say(JSON.stringify({ type: 'x'.repeat(10_000) }))
    expect(await long.closed).toBe(1009)
  })

  test('stopping closes everyone with the code that says to come back', async () => {
    const { url, server, wires } = await openDoor()
    const all = await Promise.all([1, 2, 3].map(() => dial(url, { token: 'good' })))
    await server.close()
    expect(await Promise.all(all.map((one) => one.closed))).toEqual([1012, 1012, 1012])
    expect(wires.size).toBe(0)
  })
})

describe('server-sent events', () => {
  const open = (url: string) =>
    new Promise<{ text: () => string; ended: Promise<void>; pause(): void; leave(): void }>((done, fail) => {
      const going = request(`${url}/api/v1/streaming/user`, { headers: { authorization: 'Bearer good' } }, (answer) => {
        let text = ''
        answer.on('data', (part: Buffer) => (text += part.toString()))
        answer.on('error', () => {})
        const ended = new Promise<void>((over) => answer.once('close', () => over()))
        done({ text: () => text, ended, pause: () => answer.pause(), leave: () => going.destroy() })
      })
      going.on('error', fail)
      going.end()
    })

  test('beat, tell, and end with the server', async () => {
    const { url, server, wires } = await openDoor(30)
    const stream = await open(url)
    const wire = await theWire(wires)
    wire.send({ stream: ['user'], event: 'delete', payload: '5' })
    await until(() => (/thump/.test(stream.text()) ? true : undefined), 'no beat')
    expect(stream.text()).toMatch(/^:\)\n\nevent: delete\ndata: 5\n\n:thump\n\n/)
    await server.close()
    await stream.ended
    expect(wires.size).toBe(0)
  })

  test('the client that goes is forgotten, the one that may not stay is sent away, the slow one too', async () => {
    const door = await openDoor(30)
    const leaver = await open(door.url)
    await theWire(door.wires)
    leaver.leave()
    await isEmpty(door.wires)
    const slow = await open(door.url)
    const wire = await theWire(door.wires)
    slow.pause()
    const payload = 'x'.repeat(256_000)
    for (let at = 0; at < 200 && door.wires.size > 0; at += 1) {
      wire.send({ stream: ['user'], event: 'update', payload })
      await new Promise((done) => setImmediate(done))
    }
    await isEmpty(door.wires)
    const revoked = await open(door.url)
    await theWire(door.wires)
    door.known = false
    await revoked.ended
  })
})
