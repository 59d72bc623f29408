import type { Person, TestTown } from '#test/test-town'

export const PUBLIC = 'https://www.w3.org/ns/activitystreams#Public'
/** As somebody, through the API. */
export const post = (town: TestTown, who: Person, path: string, json: Record<string, unknown> = {}) =>
  town.call('POST', `/api/v1/${path}`, { token: who.token, json })
/** What an address is here. */
export const find = async (town: TestTown, who: Person, uri: string) =>
  (
    await town.call('GET', `/api/v2/search?resolve=true&type=statuses&q=${encodeURIComponent(uri)}`, {
      token: who.token,
    })
  ).body.statuses[0]
/** A post as somebody sees it. */
export const see = async (town: TestTown, who: Person, id: string) =>
  (await town.call('GET', `/api/v1/statuses/${id}`, { token: who.token })).body
/** A document as other servers get it. */
export const document = (town: TestTown, uri: string) =>
  town.call('GET', new URL(uri).pathname, { headers: { accept: 'application/activity+json' } })
