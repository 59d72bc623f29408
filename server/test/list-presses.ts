import { all, first, type MakePress } from './press.ts'

/** Lists with somebody whom their owner follows, and hashtags. */
export function listAndTagPresses(): Record<string, MakePress> {
  const onList = (method: string, suffix: string, gives: Record<number, number>, isMember = false) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [who, other] = [await fresh(), await fresh()]
      const { token } = who
      await town.call('POST', `/api/v1/accounts/${other.accountId}/follow`, { token })
      const list = await town.call('POST', '/api/v1/lists', { token, json: { title: 'Rowers' } })
      const json = { title: 'Sailors', account_ids: [other.accountId] }
      const members = `/api/v1/lists/${list.body.id}/accounts`
      if (isMember) await town.call('POST', members, { token, json })
      return { path: `/api/v1/lists/${list.body.id}${suffix}`, caller: { token, json }, gives }
    }
    return [`${method} /api/v1/lists/:id${suffix}`, make] as const
  }
  const onTag = (verb: string) => {
    const make: MakePress = async ({ fresh }) => {
      const { token, username } = await fresh()
      return { path: `/api/v1/tags/pressed_by_${username}/${verb}`, caller: { token }, gives: all(200) }
    }
    return [`POST /api/v1/tags/:name/${verb}`, make] as const
  }
  const sendAway: MakePress = async ({ fresh }) => {
    const [{ token }, other] = [await fresh(), await fresh()]
    return { path: `/api/v1/suggestions/${other.accountId}`, caller: { token }, gives: all(200) }
  }
  const create: MakePress = async ({ fresh }) => ({
    path: '/api/v1/lists',
    caller: { token: (await fresh()).token, json: { title: 'Rowers' } },
    gives: all(200),
  })
  return Object.fromEntries([
    ['POST /api/v1/lists', create],
    onList('PUT', '', all(200)),
    onList('DELETE', '', first(200, 404)),
    onList('POST', '/accounts', first(200, 422)),
    onList('DELETE', '/accounts', all(200), true),
    onTag('follow'),
    onTag('unfollow'),
    ['DELETE /api/v1/suggestions/:account_id', sendAway],
  ])
}
