import { all, first, write, type MakePress, type World } from './press.ts'

/** Somebody with a filter that holds a word, beside a post that it may hold. */
async function filtering({ town, fresh }: World) {
  const who = await fresh()
  const post = await write(town, await fresh())
  const json = { title: 'Quiet', context: ['home'], keywords_attributes: [{ keyword: 'din' }] }
  const filter = (await town.call('POST', '/api/v2/filters', { token: who.token, json })).body
  return { who, post, filter: filter.id as string, keyword: filter.keywords[0].id as string }
}

export function filterPresses(): Record<string, MakePress> {
  type Filtering = Awaited<ReturnType<typeof filtering>>
  const on = (
    name: string,
    gives: Record<number, number>,
    json: (made: Filtering) => Record<string, unknown>,
    idOf: (made: Filtering, world: World) => string | Promise<string> = (made) => made.filter,
  ) => {
    const make: MakePress = async (world) => {
      const made = await filtering(world)
      const path = (name.split(' ')[1] as string).replace(':id', await idOf(made, world))
      return { path, caller: { token: made.who.token, json: json(made) }, gives }
    }
    return [name, make] as const
  }
  const nothing = () => ({})
  const single = async ({ who, filter, post }: Filtering, { town }: World) => {
    const caller = { token: who.token, json: { status_id: post } }
    return (await town.call('POST', `/api/v2/filters/${filter}/statuses`, caller)).body.id as string
  }
  const words = (keyword: string) => () => ({ title: 'Loud', context: ['home'], keywords_attributes: [{ keyword }] })
  const phrase = () => ({ phrase: 'racket', context: ['home'] })
  return Object.fromEntries([
    on('POST /api/v2/filters', all(200), words('noise')),
    on('PUT /api/v2/filters/:id', all(200), words('uproar')),
    on('DELETE /api/v2/filters/:id', first(200, 404), nothing),
    on('POST /api/v2/filters/:id/keywords', all(200), () => ({ keyword: 'roar' })),
    on(
      'PUT /api/v2/filters/keywords/:id',
      all(200),
      () => ({ keyword: 'roar' }),
      (made) => made.keyword,
    ),
    on('DELETE /api/v2/filters/keywords/:id', first(200, 404), nothing, (made) => made.keyword),
    on('POST /api/v2/filters/:id/statuses', first(200, 422), ({ post }) => ({ status_id: post })),
    on('DELETE /api/v2/filters/statuses/:id', first(200, 404), nothing, single),
    on('POST /api/v1/filters', all(200), phrase),
    on('PUT /api/v1/filters/:id', all(200), phrase, (made) => made.keyword),
    on('DELETE /api/v1/filters/:id', first(200, 404), nothing, (made) => made.keyword),
    on('POST /api/hamlet/v1/filters/test', all(200), () => ({ keywords: [{ keyword: 'din' }] })),
  ])
}
