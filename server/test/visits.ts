import type { FurnishedTown } from '#test/furnished-town'
import { makePicture } from '#test/pictures'
import { makeSubscription } from '#test/push-service'
import type { Answer, Caller, Person } from '#test/test-town'

/** One answer, with the route that gave it: `POST /api/v1/statuses/:id/favourite`. */
export type Visit = { route: string; status: number; body: any }
type Ask = { as?: Person; json?: Record<string, unknown>; token?: string; query?: string }

/** Asks one route of the town at a time, as bram where nobody else is named, and remembers what it said. */
export type Visitor = {
  visits: Visit[]
  /** The id stands in for what the path leaves open, where it does; gives the answer's JSON. */
  ask: (route: string, id: string, ask?: Ask) => Promise<any>
  /** Remembers an answer that was got in another way. */
  note: (route: string, answer: Answer) => any
}

export function visitor({ town, bram }: FurnishedTown): Visitor {
  const visits: Visit[] = []
  const note = (route: string, { status, body }: Answer) => {
    visits.push({ route, status, body })
    return body
  }
  return {
    visits,
    note,
    ask: async (route, id, { as = bram, query = '', token = as.token, ...rest } = {}) => {
      const [method = '', path = ''] = route.split(' ')
      const caller: Caller = { token, ...rest }
      return note(route, await town.call(method, `${path.replace(/:\w+/, id)}${query}`, caller))
    },
  }
}

/** What the plain answers do not show: other readers, other questions, and people who are not as others are. */
export async function readMore(
  { town, ines, muted, blocked, post, quoting, picture }: FurnishedTown,
  { ask }: Visitor,
) {
  const now = town.clock.now().toISOString()
  const change = (who: Person, set: Record<string, unknown>) =>
    town.ctx.db.updateTable('accounts').set(set).where('id', '=', who.accountId).execute()
  await change(muted, { limited_at: now })
  await ask('GET /api/v1/accounts/verify_credentials', '', { as: muted })
  await change(muted, { memorial: true })
  await change(blocked, { suspended_at: now })
  for (const { accountId } of [muted, blocked]) await ask('GET /api/v1/accounts/:id', accountId)
  await ask('GET /api/v1/mutes', '')
  await ask('GET /api/v1/accounts/relationships', '', { query: `?id[]=${muted.accountId}` })
  for (const more of [{ token: '' }, { as: ines }]) await ask('GET /api/v1/statuses/:id', post.id, more)
  await ask('GET /api/v1/statuses/:id/history', quoting.id)
  await ask('GET /api/v2/search', '', { query: '?q=tag' })
  await ask('GET /api/v2/notifications', '', { query: '?expand_accounts=partial_avatars' })
  await town.ctx.db.updateTable('reports').set({ resolved_at: now }).execute()
  await ask('GET /api/v1/notifications', '')
  const elsewhere = { remote_url: 'https://peer.test/picture.jpg' }
  await town.ctx.db.updateTable('media').set(elsewhere).where('id', '=', picture.id).execute()
  await ask('GET /api/v1/media/:id', picture.id)
}

/** Every route that writes and that the description has, each at least once. */
export async function writeEverything(furnished: FurnishedTown, visitor: Visitor): Promise<void> {
  await writePosts(furnished, visitor)
  await meetPeople(furnished, visitor)
  await keepLists(furnished, visitor)
  await changeProfile(furnished, visitor)
  await keepThreads(furnished, visitor)
  await uploadPictures(furnished, visitor)
  await signUp(visitor)
  await clearNotifications(furnished, visitor)
  await filterWords(furnished, visitor)
  await changePushes(visitor)
  await showOff(furnished, visitor)
  await answerTeam(furnished, visitor)
}

async function writePosts({ post, quoting, poll, picture, ines, town }: FurnishedTown, { ask, note }: Visitor) {
  const json = {
    status: 'with all @ines #tag',
    spoiler_text: 'careful',
    media_ids: [picture.id],
    in_reply_to_id: post.id,
    poll: { options: ['here', 'there'], expires_in: 3600 },
  }
  const made = await ask('POST /api/v1/statuses', '', { json })
  await ask('PUT /api/v1/statuses/:id', made.id, { json: { status: 'changed @ines #tag' } })
  for (const verb of ['favourite', 'bookmark', 'reblog', 'unfavourite', 'unbookmark', 'unreblog', 'mute', 'unmute'])
    await ask(`POST /api/v1/statuses/:id/${verb}`, post.id)
  await ask('PUT /api/v1/statuses/:id/interaction_policy', made.id, { json: { quote_approval_policy: 'nobody' } })
  await ask('DELETE /api/v1/statuses/:id', made.id)
  const scheduled_at = new Date(town.clock.now().getTime() + 3_600_000).toISOString()
  const later = await ask('POST /api/v1/statuses', '', { json: { status: 'later', scheduled_at } })
  await ask('PUT /api/v1/scheduled_statuses/:id', later.id, { json: { scheduled_at } })
  await ask('DELETE /api/v1/scheduled_statuses/:id', later.id)
  const revoke = `/api/v1/statuses/${post.id}/quotes/${quoting.id}/revoke`
  note('POST /api/v1/statuses/:id/quotes/:quoting_id/revoke', await town.call('POST', revoke, { token: ines.token }))
  await ask('POST /api/v1/polls/:id/votes', poll.id, { json: { choices: [0, 2] } })
  await ask('POST /api/v1/reports', '', { json: { account_id: ines.accountId, status_ids: [post.id] } })
  await ask('POST /api/v1/markers', '', { json: { notifications: { last_read_id: '1' } } })
  await town.settled()
}

async function meetPeople({ town, bram }: FurnishedTown, { ask }: Visitor) {
  const [one, other] = [await town.person('one'), await town.person('other')]
  for (const verb of ['follow', 'note', 'mute', 'unmute', 'unfollow', 'block', 'unblock', 'remove_from_followers'])
    await ask(`POST /api/v1/accounts/:id/${verb}`, one.accountId, verb === 'note' ? { json: { comment: 'met' } } : {})
  for (const who of [one, other]) await ask('POST /api/v1/accounts/:id/follow', bram.accountId, { as: who })
  await ask('POST /api/v1/follow_requests/:id/authorize', one.accountId)
  await ask('POST /api/v1/follow_requests/:id/reject', other.accountId)
}

async function keepLists({ ines }: FurnishedTown, { ask }: Visitor) {
  const fields = { title: 'Rowers', replies_policy: 'followed', exclusive: true }
  const { id } = await ask('POST /api/v1/lists', '', { json: fields })
  await ask('PUT /api/v1/lists/:id', id, { json: { title: 'Sailors' } })
  await ask('POST /api/v1/accounts/:id/follow', ines.accountId)
  const json = { account_ids: [ines.accountId] }
  for (const method of ['POST', 'DELETE']) await ask(`${method} /api/v1/lists/:id/accounts`, id, { json })
  await ask('DELETE /api/v1/lists/:id', id)
  for (const verb of ['unfollow', 'follow']) await ask(`POST /api/v1/tags/:name/${verb}`, 'tag')
}

async function changeProfile({ town, bram }: FurnishedTown, { ask, note }: Visitor) {
  const route = 'PATCH /api/v1/accounts/update_credentials'
  const avatar = await makePicture()
  const parts = { display_name: 'Bram', 'fields_attributes[0][name]': 'Site', 'fields_attributes[0][value]': 'x.test' }
  note(
    route,
    await town.call('PATCH', '/api/v1/accounts/update_credentials', {
      token: bram.token,
      parts: { ...parts, avatar },
    }),
  )
  await ask('DELETE /api/v1/profile/avatar', '')
  await ask('DELETE /api/v1/profile/header', '')
}

async function keepThreads({ town, bram }: FurnishedTown, { ask }: Visitor) {
  const [thread] = (await town.call('GET', '/api/v1/conversations', { token: bram.token })).body
  await ask('POST /api/v1/conversations/:id/read', thread.id)
  await ask('DELETE /api/v1/conversations/:id', thread.id)
}

async function uploadPictures({ town, bram }: FurnishedTown, { ask, note }: Visitor) {
  const file = await makePicture('png')
  for (const version of ['v1', 'v2']) {
    const path = `/api/${version}/media`
    const made = note(`POST ${path}`, await town.call('POST', path, { token: bram.token, parts: { file } }))
    await ask('PUT /api/v1/media/:id', made.id, { json: { description: 'noise', focus: '0.1,-0.2' } })
    await ask('DELETE /api/v1/media/:id', made.id)
  }
}

async function signUp({ ask }: Visitor) {
  const json = {
    client_name: 'an app',
    redirect_uris: 'app://done',
    scopes: 'read write',
    website: 'https://app.test/',
  }
  const app = await ask('POST /api/v1/apps', '', { token: '', json })
  const { client_id, client_secret } = app
  const grant = { grant_type: 'client_credentials', client_id, client_secret, scope: 'read write' }
  const { access_token } = await ask('POST /oauth/token', '', { token: '', json: grant })
  await ask('GET /api/v1/apps/verify_credentials', '', { token: access_token })
  const newcomer = {
    username: 'newcomer',
    email: 'new@town.test',
    password: 'correct horse',
    agreement: true,
    locale: 'en',
  }
  const ours = await ask('POST /api/v1/accounts', '', { token: access_token, json: newcomer })
  await ask('POST /api/v1/emails/confirmations', '', { token: ours.access_token, json: {} })
  await ask('POST /oauth/revoke', '', { token: '', json: { token: ours.access_token, client_id, client_secret } })
}

async function clearNotifications({ town, bram }: FurnishedTown, { ask }: Visitor) {
  const read = async (path: string) => (await town.call('GET', path, { token: bram.token })).body
  const last = (await read('/api/v1/notifications')).at(-1)
  const [group] = (await read('/api/v2/notifications')).notification_groups
  await ask('POST /api/v2/notifications/:group_key/dismiss', group.group_key)
  await ask('POST /api/v1/notifications/:id/dismiss', last.id)
  for (const verb of ['accept', 'dismiss']) {
    for (const name of [`asks_${verb}_alone`, `asks_${verb}_together`]) {
      const stranger = await town.person(name)
      const json = { status: '@bram psst', visibility: 'direct' }
      await town.call('POST', '/api/v1/statuses', { token: stranger.token, json })
    }
    await town.settled()
    const [alone, together] = await read('/api/v1/notifications/requests')
    await ask(`POST /api/v1/notifications/requests/:id/${verb}`, alone.id)
    await ask(`POST /api/v1/notifications/requests/${verb}`, '', { json: { id: [together.id] } })
  }
  await ask('PATCH /api/v2/notifications/policy', '', { json: { for_not_following: 'filter' } })
  await ask('POST /api/v1/notifications/clear', '')
}

async function filterWords({ post }: FurnishedTown, { ask }: Visitor) {
  const json = { title: 'Noise', context: ['home'], filter_action: 'blur', expires_in: 60 }
  const filter = await ask('POST /api/v2/filters', '', {
    json: { ...json, keywords_attributes: [{ keyword: 'noise' }] },
  })
  await ask('PUT /api/v2/filters/:id', filter.id, { json: { ...json, title: 'Much noise' } })
  const keyword = await ask('POST /api/v2/filters/:id/keywords', filter.id, { json: { keyword: 'din' } })
  await ask('PUT /api/v2/filters/keywords/:id', keyword.id, { json: { keyword: 'dins', whole_word: false } })
  await ask('DELETE /api/v2/filters/keywords/:id', keyword.id)
  const single = await ask('POST /api/v2/filters/:id/statuses', filter.id, { json: { status_id: post.id } })
  await ask('DELETE /api/v2/filters/statuses/:id', single.id)
  await ask('DELETE /api/v2/filters/:id', filter.id)
  const phrase = { phrase: 'racket', context: ['public'], irreversible: true, whole_word: true, expires_in: 60 }
  const older = await ask('POST /api/v1/filters', '', { json: phrase })
  await ask('PUT /api/v1/filters/:id', older.id, { json: { ...phrase, phrase: 'rackets' } })
  await ask('DELETE /api/v1/filters/:id', older.id)
  await ask('DELETE /api/v1/suggestions/:account_id', '1')
}

async function showOff({ town, ines, bram }: FurnishedTown, { ask, note }: Visitor) {
  const { id } = await ask('POST /api/v1/statuses', '', { json: { status: 'on top' } })
  for (const verb of ['pin', 'unpin']) await ask(`POST /api/v1/statuses/:id/${verb}`, id)
  await ask('POST /api/v1/accounts/:id/follow', ines.accountId)
  for (const verb of ['endorse', 'unendorse', 'pin', 'unpin'])
    await ask(`POST /api/v1/accounts/:id/${verb}`, ines.accountId)
  const shown = await ask('POST /api/v1/featured_tags', '', { json: { name: 'shown' } })
  await ask('DELETE /api/v1/featured_tags/:id', shown.id)
  for (const verb of ['feature', 'unfeature']) await ask(`POST /api/v1/tags/:name/${verb}`, 'tag')
  for (const method of ['POST', 'DELETE'])
    await ask(`${method} /api/v1/domain_blocks`, '', { json: { domain: 'far.test' } })
  const [avatar, header] = [await makePicture(), await makePicture()]
  const parts = { note: 'new', avatar, header, 'fields_attributes[0][name]': 'a', 'fields_attributes[0][value]': 'b' }
  for (const method of ['PATCH', 'PUT'])
    note(`${method} /api/v1/profile`, await town.call(method, '/api/v1/profile', { token: bram.token, parts }))
}

async function answerTeam({ town, bram, announcement: { id } }: FurnishedTown, { ask, note }: Visitor) {
  for (const method of ['PUT', 'DELETE']) {
    const path = `/api/v1/announcements/${id}/reactions/%F0%9F%8C%8A`
    note(`${method} /api/v1/announcements/:id/reactions/:name`, await town.call(method, path, { token: bram.token }))
  }
  await ask('POST /api/v1/announcements/:id/dismiss', id)
}

async function changePushes({ ask }: Visitor) {
  const route = '/api/v1/push/subscription'
  await ask(`POST ${route}`, '', { json: makeSubscription() })
  await ask(`PUT ${route}`, '', { json: { data: { policy: 'followed' } } })
  await ask(`DELETE ${route}`, '')
}
