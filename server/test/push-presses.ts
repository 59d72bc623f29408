import { all, write, type MakePress, type World } from './press.ts'
import { makeSubscription } from './push-service.ts'

/** Of somebody who has an app that is pushed to, or not yet. */
export function pushPresses(): Record<string, MakePress> {
  const PATH = '/api/v1/push/subscription'
  const on = (method: string, path: string, json: Record<string, unknown> = {}) => {
    const make: MakePress = async ({ town, fresh }) => {
      const { token } = await fresh()
      if (method !== 'POST' || path !== PATH) await town.call('POST', PATH, { token, json: makeSubscription() })
      return { path, caller: { token, json }, gives: all(200) }
    }
    return [`${method} ${path}`, make] as const
  }
  return Object.fromEntries([
    on('POST', PATH, makeSubscription()),
    on('PUT', PATH, { data: { policy: 'followed' } }),
    on('PATCH', PATH, { data: { alerts: { mention: true } } }),
    on('DELETE', PATH),
    on('POST', '/api/hamlet/v1/push/test'),
    [
      'POST /api/hamlet/v1/statuses/:id/notifications/pause',
      async ({ town, fresh }: World) => {
        const author = await fresh()
        const path = `/api/hamlet/v1/statuses/${await write(town, author)}/notifications/pause`
        return { path, caller: { token: author.token, json: { duration: 60 } }, gives: all(200) }
      },
    ],
  ])
}
