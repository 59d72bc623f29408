import { all, first, write, type MakePress } from './press.ts'

/** A private thread with something unread, of somebody who follows whoever wrote it. */
export function threadPresses(): Record<string, MakePress> {
  const on = (method: string, suffix: string, gives: Record<number, number>) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [who, friend] = [await fresh(), await fresh()]
      await town.call('POST', `/api/v1/accounts/${friend.accountId}/follow`, { token: who.token })
      await write(town, friend, { status: `@${who.username} psst`, visibility: 'direct' })
      await town.settled()
      const [thread] = (await town.call('GET', '/api/v1/conversations', { token: who.token })).body
      return { path: `/api/v1/conversations/${thread.id}${suffix}`, caller: { token: who.token }, gives }
    }
    return [`${method} /api/v1/conversations/:id${suffix}`, make] as const
  }
  return Object.fromEntries([
    on('POST', '/read', all(200)),
    on('POST', '/unread', all(200)),
    on('DELETE', '', first(200, 404)),
  ])
}
