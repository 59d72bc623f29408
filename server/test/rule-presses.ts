import { all, first, write, type MakePress } from './press.ts'

const RULES = '/api/hamlet/v1/admin/rules'
const wording = {
  title: 'A rule',
  match: 'all',
  conditions: [{ kind: 'text', words: ['nobody says this'], whole: true }],
  effects: [{ kind: 'unlist' }],
  public_text: '',
  expires_at: null,
}

/** What the team does about rules over what people write, and about posts that wait. */
export function rulePresses(): Record<string, MakePress> {
  const onRule = (method: string, suffix: string, gives: Record<number, number>, json: unknown = {}) =>
    [
      `${method} ${RULES}/:id${suffix}`,
      (async ({ town, owner }) => {
        const rule = (await town.call('POST', RULES, { token: owner.token, json: wording })).body
        return { path: `${RULES}/${rule.id}${suffix}`, caller: { token: owner.token, json }, gives }
      }) as MakePress,
    ] as const
  return Object.fromEntries([
    [
      `POST ${RULES}`,
      (async ({ owner }) => ({
        path: RULES,
        caller: { token: owner.token, json: wording },
        gives: all(200),
      })) as MakePress,
    ],
    [
      `POST ${RULES}/order`,
      (async ({ owner }) => ({
        path: `${RULES}/order`,
        caller: { token: owner.token, json: { ids: [] } },
        gives: all(200),
      })) as MakePress,
    ],
    [
      'POST /api/hamlet/v1/admin/rule_trials',
      (async ({ owner }) => ({
        path: '/api/hamlet/v1/admin/rule_trials',
        caller: { token: owner.token, json: { rule: wording, posts: 10 } },
        gives: all(200),
      })) as MakePress,
    ],
    onRule('PUT', '', all(200), wording),
    onRule('DELETE', '', first(200, 404)),
    onRule('POST', '/enable', all(200)),
    onRule('POST', '/disable', all(200)),
    onRule('POST', '/undo', all(200)),
    [
      `POST ${RULES}/:id/hits/:hit_id/undo`,
      (async ({ town, owner, fresh }) => {
        const words = { ...wording, conditions: [{ kind: 'text', words: ['undo me'], whole: true }] }
        const rule = (await town.call('POST', RULES, { token: owner.token, json: words })).body
        const path = `${RULES}/${rule.id}`
        await town.call('POST', `${path}/enable`, { token: owner.token, json: {} })
        await write(town, await fresh(), { status: 'undo me' })
        await town.call('POST', `${path}/disable`, { token: owner.token, json: {} })
        const [hit] = (await town.call('GET', `${path}/hits`, { token: owner.token })).body
        return { path: `${path}/hits/${hit.id}/undo`, caller: { token: owner.token, json: {} }, gives: all(200) }
      }) as MakePress,
    ],
    [
      'PUT /api/hamlet/v1/admin/first_posts',
      (async ({ owner }) => ({
        path: '/api/hamlet/v1/admin/first_posts',
        caller: { token: owner.token, json: { posts: 0, days: 0 } },
        gives: all(200),
      })) as MakePress,
    ],
    [
      'POST /api/hamlet/v1/admin/held/decide',
      (async ({ town, owner, fresh }) => {
        const first = '/api/hamlet/v1/admin/first_posts'
        await town.call('PUT', first, { token: owner.token, json: { posts: 5, days: 0 } })
        await write(town, await fresh())
        await town.call('PUT', first, { token: owner.token, json: { posts: 0, days: 0 } })
        const [held] = (await town.call('GET', '/api/hamlet/v1/admin/held', { token: owner.token })).body
        const json = { ids: [held.id], decision: 'approved' }
        return { path: '/api/hamlet/v1/admin/held/decide', caller: { token: owner.token, json }, gives: all(200) }
      }) as MakePress,
    ],
  ])
}
