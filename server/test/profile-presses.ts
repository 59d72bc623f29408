import { all, first, write, type MakePress } from './press.ts'

/** What people put on their profiles, and servers that they block. */
export function profilePresses(): Record<string, MakePress> {
  const onFriend = (verb: string) => {
    const make: MakePress = async ({ town, fresh }) => {
      const [{ token }, other] = [await fresh(), await fresh()]
      const path = `/api/v1/accounts/${other.accountId}`
      await town.call('POST', `${path}/follow`, { token })
      return { path: `${path}/${verb}`, caller: { token, json: {} }, gives: all(200) }
    }
    return [`POST /api/v1/accounts/:id/${verb}`, make] as const
  }
  const onOwnPost = (verb: string) => {
    const make: MakePress = async ({ town, fresh }) => {
      const who = await fresh()
      return {
        path: `/api/v1/statuses/${await write(town, who)}/${verb}`,
        caller: { token: who.token },
        gives: all(200),
      }
    }
    return [`POST /api/v1/statuses/:id/${verb}`, make] as const
  }
  const onTag = (verb: string) => {
    const make: MakePress = async ({ fresh }) => {
      const { token, username } = await fresh()
      return { path: `/api/v1/tags/shown_by_${username}/${verb}`, caller: { token }, gives: all(200) }
    }
    return [`POST /api/v1/tags/:name/${verb}`, make] as const
  }
  const onServer = (method: string) => {
    const make: MakePress = async ({ fresh }) => {
      const { token } = await fresh()
      return { path: '/api/v1/domain_blocks', caller: { token, json: { domain: 'far.test' } }, gives: all(200) }
    }
    return [`${method} /api/v1/domain_blocks`, make] as const
  }
  const onProfile = (method: string) => {
    const make: MakePress = async ({ fresh }) => {
      const { token } = await fresh()
      return { path: '/api/v1/profile', caller: { token, json: { note: 'new' } }, gives: all(200) }
    }
    return [`${method} /api/v1/profile`, make] as const
  }
  const feature: MakePress = async ({ fresh }) => {
    const { token, username } = await fresh()
    return {
      path: '/api/v1/featured_tags',
      caller: { token, json: { name: `of_${username}` } },
      gives: first(200, 422),
    }
  }
  const unfeature: MakePress = async ({ town, fresh }) => {
    const { token, username } = await fresh()
    const made = await town.call('POST', '/api/v1/featured_tags', { token, json: { name: `was_${username}` } })
    return { path: `/api/v1/featured_tags/${made.body.id}`, caller: { token }, gives: first(200, 404) }
  }
  return Object.fromEntries([
    ...['endorse', 'unendorse', 'pin', 'unpin'].map(onFriend),
    ...['pin', 'unpin'].map(onOwnPost),
    ...['feature', 'unfeature'].map(onTag),
    ...['POST', 'DELETE'].map(onServer),
    ...['PATCH', 'PUT'].map(onProfile),
    ['POST /api/v1/featured_tags', feature],
    ['DELETE /api/v1/featured_tags/:id', unfeature],
  ])
}
