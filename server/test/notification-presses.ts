import { all, first, write, type MakePress, type World } from './press.ts'

/** Somebody who is told of a mention, and has a stranger's message waiting. */
async function told({ town, fresh }: World) {
  const [who, friend, stranger] = [await fresh(), await fresh(), await fresh()]
  await town.call('POST', `/api/v1/accounts/${friend.accountId}/follow`, { token: who.token })
  await write(town, friend, { status: `@${who.username} hello` })
  await write(town, stranger, { status: `@${who.username} psst`, visibility: 'direct' })
  await town.settled()
  const get = async (path: string) => (await town.call('GET', path, { token: who.token })).body
  const [notification] = await get('/api/v1/notifications')
  const [request] = await get('/api/v1/notifications/requests')
  return { who, id: notification.id as string, key: notification.group_key as string, request: request.id as string }
}

/** What is done to rows, requests and the policy of notifications. */
export function notificationPresses(): Record<string, MakePress> {
  type Told = Awaited<ReturnType<typeof told>>
  const on = (
    method: string,
    path: string,
    gives = all(200),
    json: (seen: Told) => Record<string, unknown> = () => ({}),
  ) => {
    const make: MakePress = async (world) => {
      const seen = await told(world)
      const id = path.includes('/requests/') ? seen.request : seen.id
      const target = path.replace(':id', id).replace(':group_key', seen.key)
      return { path: target, caller: { token: seen.who.token, json: json(seen) }, gives }
    }
    return [`${method} ${path}`, make] as const
  }
  const policies = (['PATCH', 'PUT'] as const).flatMap((method) => [
    on(method, '/api/v1/notifications/policy', all(200), () => ({ filter_bots: true })),
    on(method, '/api/v2/notifications/policy', all(200), () => ({ for_bots: 'drop' })),
  ])
  const many = (seen: Told) => ({ id: [seen.request] })
  return Object.fromEntries([
    ...policies,
    on('POST', '/api/v1/notifications/requests/accept', all(200), many),
    on('POST', '/api/v1/notifications/requests/dismiss', all(200), many),
    on('POST', '/api/v1/notifications/requests/:id/accept', first(200, 404)),
    on('POST', '/api/v1/notifications/requests/:id/dismiss', first(200, 404)),
    on('POST', '/api/v2/notifications/:group_key/dismiss'),
    on('POST', '/api/v1/notifications/clear'),
    on('POST', '/api/v2/notifications/clear'),
    on('POST', '/api/v1/notifications/:id/dismiss', first(200, 404)),
    on('DELETE', '/api/v1/notifications/:id', first(200, 404)),
    on('DELETE', '/api/v1/notifications/destroy_multiple', all(200), (seen) => ({ ids: [seen.id] })),
    on('POST', '/api/v1/markers', all(200), (seen) => ({ notifications: { last_read_id: seen.id } })),
  ])
}
