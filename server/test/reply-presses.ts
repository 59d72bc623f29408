import { all, write, type MakePress } from './press.ts'

/** Replies in a thread, taken out and let in; and its rule. */
export function replyPresses(): Record<string, MakePress> {
  const on = (method: string, path: string, json: Record<string, unknown> = {}) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [owner, guest] = [await fresh(), await fresh()]
      const root = await write(town, owner, { status: 'begin' })
      const reply = await write(town, guest, { status: 'answer', in_reply_to_id: root })
      const id = path.includes('/thread/') ? reply : root
      return { path: path.replace(':id', id), caller: { token: owner.token, json }, gives: all(200) }
    }
    return [`${method} ${path}`, make] as const
  }
  return Object.fromEntries([
    on('POST', '/api/hamlet/v1/statuses/:id/thread/remove'),
    on('POST', '/api/hamlet/v1/statuses/:id/thread/restore'),
    on('PUT', '/api/hamlet/v1/statuses/:id/reply_policy', { reply_policy: 'followers' }),
  ])
}
