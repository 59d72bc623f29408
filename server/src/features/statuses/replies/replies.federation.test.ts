import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPeer, type Peer } from '#test/peer'
import { startTown, type Person, type TestTown } from '#test/test-town'
import { document, find, post, PUBLIC, see } from '../quotes.fixture.ts'

let town: TestTown
let peer: Peer
let ines: Person
let inesUri: string
let ivo: ReturnType<Peer['addActor']>
let count = 0
beforeAll(async () => {
  town = await startTown({ isReachable: true })
  peer = await startPeer()
  ines = await town.person('ines')
  inesUri = `${town.url}/ap/users/${ines.accountId}`
  ivo = peer.addActor('ivo')
})
afterAll(async () => {
  await peer[Symbol.asyncDispose]()
  await town[Symbol.asyncDispose]()
})

const begin = async (reply_policy: string, status = `begin ${(count += 1)}`) =>
  (await post(town, ines, 'statuses', { status, reply_policy })).body
/** Ivo answers from elsewhere; gives the address of his post. */
async function answer(root: { uri: string }) {
  const id = `${peer.url}/notes/${(count += 1)}`
  const object = {
    id,
    type: 'Note',
    attributedTo: ivo.id,
    content: '<p>an answer</p>',
    inReplyTo: root.uri,
    to: [PUBLIC],
    cc: [inesUri],
    tag: [{ type: 'Mention', href: inesUri, name: '@ines' }],
    published: new Date().toISOString(),
  }
  const activity = { id: `${id}/activity`, type: 'Create', actor: ivo.id, object, to: object.to, cc: object.cc }
  expect(await peer.send(`${town.url}/inbox`, activity, ivo)).toBe(202)
  await settle()
  return id
}
const settle = async () => {
  for (let round = 0; round < 3; round += 1) await town.settled()
}
const told = (about: string) =>
  peer.requests
    .filter((one) => one.method === 'POST')
    .map((one) => JSON.parse(one.body))
    .filter((one) => one.object === about)
/** Which posts the notifications of Ines are about. */
const bell = async () =>
  (await town.call('GET', '/api/v1/notifications', { token: ines.token })).body.map(
    (one: { status?: { uri: string } }) => one.status?.uri,
  )
const standing = async (root: { id: string }, who?: Person) =>
  (await town.call('GET', `/api/v1/statuses/${root.id}/context`, who ? { token: who.token } : {})).body.descendants.map(
    (one: { uri: string }) => one.uri,
  )

test('a rule is told to other servers, and none where everybody may answer', async () => {
  const rule = async (policy: string) =>
    (await document(town, (await begin(policy)).uri)).body.interactionPolicy.canReply
  expect(await rule('everyone')).toBeUndefined()
  expect(await rule('followers')).toEqual({ automaticApproval: [inesUri, `${inesUri}/followers`] })
  expect(await rule('following')).toEqual({ automaticApproval: [inesUri, `${inesUri}/following`] })
  expect(await rule('nobody')).toEqual({ automaticApproval: [inesUri] })
  expect(await rule('approval')).toEqual({ automaticApproval: [inesUri], manualApproval: [PUBLIC] })
})

test('an answer that the rule forbids is kept out of the thread, and its server is told', async () => {
  const root = await begin('nobody')
  const id = await answer(root)
  expect(await standing(root)).toEqual([])
  expect(await standing(root, ines)).toEqual([id])
  expect((await see(town, ines, root.id)).replies_count).toBe(0)
  expect(told(id)).toMatchObject([{ type: 'Reject', actor: inesUri, to: [ivo.id] }])
  expect(await bell()).not.toContain(id)
})

test('one that must be let in waits; the leave is a document that names both', async () => {
  const root = await begin('approval')
  const id = await answer(root)
  expect(told(id)).toEqual([])
  expect(await bell()).toContain(id)
  const [waiting] = (await town.call('GET', `/api/v1/statuses/${root.id}/context`, { token: ines.token })).body
    .descendants
  expect(waiting.hamlet.set_aside).toBe('waiting')
  await town.call('POST', `/api/hamlet/v1/statuses/${waiting.id}/thread/restore`, { token: ines.token })
  await settle()
  expect(await standing(root)).toEqual([id])
  const [accept] = told(id)
  expect(accept.type).toBe('Accept')
  const leave = await document(town, accept.result)
  expect(leave.body).toMatchObject({
    id: accept.result,
    type: 'ReplyApproval',
    attributedTo: inesUri,
    object: id,
    target: root.uri,
  })
  await town.call('POST', `/api/hamlet/v1/statuses/${waiting.id}/thread/remove`, { token: ines.token })
  await settle()
  expect(told(id).map((one) => one.type)).toEqual(['Accept', 'Reject'])
  expect((await document(town, accept.result)).status).toBe(404)
})

test('who is named may always answer, and hears so', async () => {
  const root = await begin('nobody', `hello @ivo@${peer.host}`)
  const id = await answer(root)
  expect(await standing(root)).toEqual([id])
  expect(told(id)).toMatchObject([{ type: 'Accept' }])
})

test('a rule from elsewhere is read, shown before the reply, and kept', async () => {
  const theirs = async (canReply: Record<string, unknown>) => {
    const path = `/notes/${(count += 1)}`
    const note = { id: `${peer.url}${path}`, type: 'Note', attributedTo: ivo.id, content: '<p>hi</p>', to: [PUBLIC] }
    peer.documents.set(path, { ...note, interactionPolicy: { canReply } })
    return find(town, ines, note.id)
  }
  const closed = await theirs({ automaticApproval: [ivo.id] })
  expect(closed.hamlet.reply).toEqual({ policy: 'nobody', right: 'no' })
  expect((await post(town, ines, 'statuses', { status: 'but', in_reply_to_id: closed.id })).status).toBe(403)
  const asking = await theirs({ always: [ivo.id], approvalRequired: [PUBLIC] })
  expect(asking.hamlet.reply).toEqual({ policy: 'approval', right: 'ask' })
  expect((await post(town, ines, 'statuses', { status: 'may I', in_reply_to_id: asking.id })).body.hamlet).toEqual({
    reply: { policy: 'approval', right: 'ask' },
  })
  const open = await theirs({ automaticApproval: [PUBLIC] })
  expect(open.hamlet).toBeUndefined()
})
