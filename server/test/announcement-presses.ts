import { all, first, type MakePress, type World } from './press.ts'

const PATH = '/api/web/moderation/announcements'

async function announce({ town, owner }: World, more: Record<string, unknown> = {}): Promise<string> {
  const json = { text: `tea at four, ${(await town.ctx.db.selectFrom('announcements').select('id').execute()).length}` }
  return (await town.call('POST', PATH, { token: owner.token, json: { ...json, ...more } })).body.id
}

/** What the team announces, and what people answer. */
export function announcementPresses(): Record<string, MakePress> {
  const byTeam = (method: string, suffix: string, gives: Record<number, number>, more = {}) => {
    const make: MakePress = async (world) => {
      const id = await announce(world, more)
      const json = method === 'PUT' ? { json: { text: `tea at five, ${id}` } } : {}
      return { path: `${PATH}/${id}${suffix}`, caller: { token: world.owner.token, ...json }, gives }
    }
    return [`${method} ${PATH}/:id${suffix}`, make] as const
  }
  const byReader = (method: string, suffix: string, filled: string, before: string[] = []) => {
    const make: MakePress = async (world) => {
      const [id, { token }] = [await announce(world), await world.fresh()]
      const path = `/api/v1/announcements/${id}${filled}`
      for (const earlier of before) await world.town.call(earlier, path, { token })
      return { path, caller: { token }, gives: all(200) }
    }
    return [`${method} /api/v1/announcements/:id${suffix}`, make] as const
  }
  const wave = `/reactions/${encodeURIComponent('🌊')}`
  return Object.fromEntries([
    byTeam('PUT', '', all(200)),
    byTeam('POST', '/publish', all(200), { draft: true }),
    byTeam('POST', '/unpublish', all(200)),
    byTeam('DELETE', '', first(200, 404)),
    byReader('POST', '/dismiss', '/dismiss'),
    byReader('PUT', '/reactions/:name', wave),
    byReader('DELETE', '/reactions/:name', wave, ['PUT']),
    [
      `POST ${PATH}`,
      async ({ owner }: World) => ({
        path: PATH,
        caller: { token: owner.token, json: { text: 'pressed twice' } },
        gives: first(200, 422),
      }),
    ],
  ])
}
