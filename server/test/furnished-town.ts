import { redirectAccount } from '#features/accounts'
import { score } from '#features/discovery'
import { ensureDomain, setDomainPolicy } from '#features/domains'
import { requireRoleId } from '#features/roles'
import { addRule, textNames, writeSetting } from '#features/settings'
import { readHost, type Host } from '#lib/host'
import { createUser } from '#features/users'
import { transact } from '#platform/context'
import { makeArchive } from '#test/old-archive'
import { upload } from '#test/pictures'
import { makeSubscription } from '#test/push-service'
import { furnishRules } from './furnish-rules.ts'
import { bringEmoji, setUpHook } from './furnish-tools.ts'
import { loseTies } from './severed-rows.ts'
import { startTown, type Person, type TestTown } from '#test/test-town'

/** A town in which every route that reads has something to say to bram, who owns it. */
export type FurnishedTown = AsyncDisposable & {
  town: TestTown
  /** Wrote the post that everything is done with. */
  ines: Person
  bram: Person
  /** By bram. */
  blocked: Person
  muted: Person
  post: { id: string }
  /** By bram, of that post. */
  quoting: { id: string }
  /** By ines, and bram has not voted in it. */
  poll: { id: string }
  picture: { id: string }
  report: { id: string }
  list: { id: string }
  announcement: { id: string }
  /** Where a GET route has an answer: its path with ids in it, and the query that it needs. */
  targetOf: (path: string) => string
}

export async function startFurnishedTown(): Promise<FurnishedTown> {
  const town = await startTown()
  const people = await settle(town)
  const things = await furnish(town, people)
  const { bram } = people
  const requests = await town.call('GET', '/api/v1/notifications/requests', { token: bram.token })
  const notifications = await town.call('GET', '/api/v1/notifications', { token: bram.token })
  const quote = await town.ctx.db.selectFrom('quotes').select('id').executeTakeFirstOrThrow()
  const notification = notifications.body[0] as Notification
  const threads = await town.call('GET', '/api/v1/conversations', { token: bram.token })
  const ids = {
    requestId: requests.body[0].id as string,
    today: town.clock.now().toISOString().slice(0, 10),
    quoteId: quote.id,
    tagId: (await town.call('GET', '/api/v1/tags/tag')).body.id as string,
    notification,
    threadId: threads.body[0].id as string,
  }
  return {
    town,
    ...people,
    ...things,
    targetOf: (path) => targetOf(path, { ...people, ...things, ...ids }),
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}

type Notification = { id: string; group_key: string }
type Ids = { ines: Person; bram: Person; today: string; contentRule: string; trial: string } & Record<
  | 'post'
  | 'quoting'
  | 'poll'
  | 'picture'
  | 'report'
  | 'mailDomain'
  | 'domainBlock'
  | 'domainAllow'
  | 'severed'
  | 'serverList'
  | 'network'
  | 'mailbox'
  | 'filter'
  | 'list'
  | 'file'
  | 'takeout'
  | 'emoji'
  | 'draft'
  | 'scheduled'
  | 'guest'
  | 'announcement'
  | 'bulk'
  | 'hook',
  { id: string }
> & {
    requestId: string
    quoteId: string
    tagId: string
    notification: Notification
    keywordId: string
    filteredId: string
    threadId: string
  }

async function settle(town: TestTown) {
  const ines = await town.person('ines')
  const bram = await town.person('bram', 'profile read write follow push admin:read admin:write')
  const owner = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(owner).where('id', '=', bram.userId).execute()
  await town.ctx.db.updateTable('oauth_applications').set({ website: 'https://app.test/' }).execute()
  await writeSetting(town.ctx, 'contact_email', 'team@town.test')
  await writeSetting(town.ctx, 'registrations', 'open')
  await writeSetting(town.ctx, 'trendable_by_default', 'on')
  for (const name of textNames) await writeSetting(town.ctx, name, `What ${name} says, and https://town.test/`)
  for (const name of ['show_domain_blocks', 'show_domain_blocks_rationale']) await writeSetting(town.ctx, name, 'all')
  await transact(town.ctx, async (tx) => {
    await addRule(tx, 'Be kind', 'to everyone')
    await setDomainPolicy(tx, bram.accountId, 'noisy.test', { severity: 'silence', publicComment: 'noise' })
    await ensureDomain(tx, readHost('peer.test') as Host)
    const roleId = requireRoleId('user')
    await createUser(tx, { username: 'newest', email: 'newest@town.test', roleId, confirmed: false, reason: 'I row.' })
  })
  return { ines, bram }
}

const open = { discoverable: true, fields_attributes: [{ name: 'Site', value: 'https://ines.test' }] }
const shy = { locked: true, discoverable: false, hide_collections: true, source: { language: 'en' } }

/** Gives bram something in every list that he can read, and ines a post with everything in it. */
async function furnish(town: TestTown, { ines, bram }: { ines: Person; bram: Person }) {
  const act = (who: Person, path: string, json: Record<string, unknown> = {}) =>
    town.call('POST', `/api/v1/${path}`, { token: who.token, json })
  const say = async (who: Person, status: string, more: Record<string, unknown> = {}) =>
    (await act(who, 'statuses', { status, ...more })).body as { id: string }
  const emoji = await bringEmoji(town)
  const shown = (await upload(town, ines.token, { description: 'noise' })).body as { id: string }
  const asking = { options: ['yes', 'no'], expires_in: 86_400 }
  const post = await say(ines, 'hello @bram #tag :fern:', { spoiler_text: 'hi', media_ids: [shown.id], poll: asking })
  await act(bram, `accounts/${ines.accountId}/follow`, { notify: true, languages: ['en'] })
  await act(ines, `accounts/${bram.accountId}/follow`)
  await say(ines, `told to those who asked: ${PAGE}`)
  const question = { options: ['April', 'May', 'June'], expires_in: 86_400, multiple: true }
  const poll = await say(ines, 'which month?', { poll: question })
  const answer = await say(bram, '@ines hello', { in_reply_to_id: post.id })
  const quoting = await say(bram, 'look at this', { quoted_status_id: post.id })
  for (const verb of ['favourite', 'reblog']) await act(ines, `statuses/${answer.id}/${verb}`)
  for (const verb of ['favourite', 'reblog', 'bookmark']) await act(bram, `statuses/${post.id}/${verb}`)
  const edited = { status: 'hello again @bram #tag', spoiler_text: 'hi', media_ids: [shown.id], poll: asking }
  await town.call('PUT', `/api/v1/statuses/${post.id}`, { token: ines.token, json: edited })
  await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: open })
  await act(bram, 'markers', { home: { last_read_id: post.id } })
  await act(bram, 'push/subscription', makeSubscription())
  const picture = (await upload(town, bram.token)).body as { id: string }
  const list = (await act(bram, 'lists', { title: 'Friends' })).body as { id: string }
  await act(bram, `lists/${list.id}/accounts`, { account_ids: [ines.accountId] })
  await act(bram, 'tags/tag/follow')
  await stand(act, ines, bram)
  await act(ines, `statuses/${post.id}/pin`)
  const [stranger, blocked, muted] = [
    await town.person('stranger'),
    await town.person('blocked'),
    await town.person('muted'),
  ]
  await say(muted, 'noise')
  await act(bram, `accounts/${blocked.accountId}/block`)
  for (const who of [blocked, muted]) await act(bram, `accounts/${who.accountId}/mute`, { duration: 3600 })
  for (const who of [bram, muted])
    await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: who.token, json: shy })
  await act(stranger, `accounts/${bram.accountId}/follow`)
  await act(stranger, 'reports', { account_id: muted.accountId, comment: 'noise' })
  await say(stranger, '@bram psst', { visibility: 'direct' })
  await say(ines, '@bram between us', { visibility: 'direct' })
  const filed = { account_id: ines.accountId, status_ids: [post.id] }
  const report = (await act(bram, 'reports', filed)).body as { id: string }
  const mailDomain = (await act(bram, 'admin/email_domain_blocks', { domain: 'spam.example' })).body as { id: string }
  const keptOut = await keepOut(act, bram)
  const filtering = { title: 'Hello', context: ['home', 'notifications'], expires_in: 3600 }
  const keywords_attributes = [{ keyword: 'hello' }]
  const filter = (
    await town.call('POST', '/api/v2/filters', { token: bram.token, json: { ...filtering, keywords_attributes } })
  ).body as { id: string; keywords: { id: string }[] }
  const path = `/api/v2/filters/${filter.id}/statuses`
  const filtered = await town.call('POST', path, { token: bram.token, json: { status_id: post.id } })
  const within = { filter, keywordId: filter.keywords[0]?.id as string, filteredId: filtered.body.id as string }
  await talk(town, stranger)
  await transact(town.ctx, (tx) => redirectAccount(tx, blocked.accountId, stranger.accountId))
  await town.settled()
  await describePage(town, ines)
  await askAround(town, post)
  await score.run(town.ctx, {})
  const announcement = await announce(town, bram, post)
  const ruled = await say(ines, 'for friends, @bram', { reply_policy: 'approval' })
  const guest = await say(bram, '@ines thanks', { in_reply_to_id: ruled.id })
  const named = await nameServers(town, act, bram)
  const begun = { draft: await begin(town, bram), scheduled: await schedule(town, bram, post) }
  const rules = await furnishRules(town, bram, [ines, bram])
  const waiting = {
    ...named,
    guest,
    announcement,
    bulk: await closeMany(town, bram, report),
    file: await bringFile(town, bram),
    takeout: await askForArchive(town, bram),
    hook: await setUpHook(town, bram),
    ...begun,
    ...rules,
    ...keptOut,
  }
  return { post, quoting, poll, picture, report, mailDomain, list, emoji, blocked, muted, ...waiting, ...within }
}

/** Where nobody comes from. */
async function keepOut(
  act: (who: Person, path: string, json?: Record<string, unknown>) => Promise<{ body: unknown }>,
  bram: Person,
) {
  const closing = { ip: '192.0.2.0/24', severity: 'sign_up_block', comment: 'noise', expires_in: 3600 }
  const network = (await act(bram, 'admin/ip_blocks', closing)).body as { id: string }
  const mailbox = (await act(bram, 'admin/canonical_email_blocks', { email: 'noise@mail.example' })).body as {
    id: string
  }
  return { network, mailbox }
}

/** A decision about many, who are one. */
async function closeMany(town: TestTown, bram: Person, report: { id: string }): Promise<{ id: string }> {
  const stray = await town.person('stray')
  const filed = { account_id: stray.accountId, comment: 'nothing much' }
  const { id } = (await town.call('POST', '/api/v1/reports', { token: bram.token, json: filed })).body as typeof report
  const json = { accounts: [stray.accountId], until: id, key: 'furnished', decision: 'none' }
  return (await town.call('POST', '/api/web/moderation/bulk', { token: bram.token, json })).body as { id: string }
}

/** A server with a policy, one that is let in, and one that somebody lost people of. */
async function nameServers(
  town: TestTown,
  act: (who: Person, path: string, json?: Record<string, unknown>) => Promise<{ body: unknown }>,
  who: Person,
) {
  const made = async (path: string, domain: string) => (await act(who, path, { domain })).body as { id: string }
  const domainBlock = await made('admin/domain_blocks', 'loud.test')
  const domainAllow = await made('admin/domain_allows', 'friend.test')
  await loseTies(town, who, [])
  const own = await town.call('GET', '/api/hamlet/v1/severed_relationships', { token: who.token })
  const file = { name: 'Neighbours', content: '#domain,#severity\nnoisy.test,suspend\n' }
  const read = await town.call('POST', '/api/web/moderation/lists', { token: who.token, json: file })
  const [severed, serverList] = [own.body[0] as { id: string }, read.body as { id: string }]
  return { domainBlock, domainAllow, severed, serverList }
}

/** People, hashtags and a server that a profile or its person says something of. */
async function stand(
  act: (who: Person, path: string, json?: Record<string, unknown>) => Promise<unknown>,
  ines: Person,
  bram: Person,
) {
  for (const who of [ines, bram]) await act(who, 'featured_tags', { name: 'tag' })
  await act(bram, `accounts/${ines.accountId}/endorse`)
  await act(ines, `accounts/${bram.accountId}/endorse`)
  await act(bram, 'domain_blocks', { domain: 'far.test' })
  await act(bram, 'statuses', { status: 'not on my profile yet: #spare' })
}

/** Two people who want to be found write and like the same: what is talked about. */
async function talk(town: TestTown, stranger: Person): Promise<void> {
  const [gull, tern] = [await town.person('gull'), await town.person('tern')]
  for (const { token } of [gull, tern]) {
    await town.call('PATCH', '/api/v1/accounts/update_credentials', { token, json: { discoverable: true } })
    const made = await town.call('POST', '/api/v1/statuses', { token, json: { status: `#tag ${PAGE}` } })
    for (const other of [gull, tern, stranger])
      await town.call('POST', `/api/v1/statuses/${made.body.id}/favourite`, { token: other.token })
  }
}

/** The team says something with all that one can have, and somebody answers. */
async function announce(town: TestTown, who: Person, post: { id: string }): Promise<{ id: string }> {
  const at = (hours: number) => new Date(town.clock.now().getTime() + hours * 3_600_000).toISOString()
  const text = `@ines rows on #tag :fern: https://town.test/@ines/${post.id}`
  const json = { text, starts_at: at(24), ends_at: at(48) }
  const made = await town.call('POST', '/api/web/moderation/announcements', { token: who.token, json })
  for (const name of ['fern', '🌊']) {
    const path = `/api/v1/announcements/${made.body.id}/reactions/${encodeURIComponent(name)}`
    await town.call('PUT', path, { token: who.token })
  }
  return made.body
}

async function askForArchive(town: TestTown, { token }: Person): Promise<{ id: string }> {
  const { body } = await town.call('POST', '/api/hamlet/v1/takeouts', { token })
  await town.settled()
  return body[0]
}

/** A file of which one line could be brought and one could not. */
async function bringFile(town: TestTown, who: Person): Promise<{ id: string }> {
  const parts = { kind: 'muting', data: Buffer.from('newest@town.test\nnobody@town.test\n') }
  const old = { data: await makeArchive() }
  const archive = await town.call('POST', '/api/hamlet/v1/post_imports', { token: who.token, parts: old })
  await town.call('POST', `/api/hamlet/v1/post_imports/${archive.body.id}/confirm`, { token: who.token })
  const { body } = await town.call('POST', '/api/hamlet/v1/imports', { token: who.token, parts })
  await town.call('POST', `/api/hamlet/v1/imports/${body.id}/confirm`, { token: who.token, json: {} })
  await town.settled()
  return body
}

async function begin(town: TestTown, who: Person): Promise<{ id: string }> {
  const json = { parts: [{ text: 'unfinished' }] }
  return (await town.call('POST', '/api/hamlet/v1/drafts', { token: who.token, json })).body
}

/** A reply that waits for its hour, with all that one can have. */
async function schedule(town: TestTown, who: Person, post: { id: string }): Promise<{ id: string }> {
  const kept = (await upload(town, who.token)).body as { id: string }
  const scheduled_at = new Date(town.clock.now().getTime() + 24 * 3_600_000).toISOString()
  const poll = { options: ['tea', 'coffee'], expires_in: 3600 }
  const text = { status: 'for tomorrow', spoiler_text: 'later', language: 'pt', sensitive: true, poll }
  const how = { in_reply_to_id: post.id, media_ids: [kept.id], quote_approval_policy: 'followers', scheduled_at }
  const json = { ...text, ...how, quoted_status_id: post.id }
  return (await town.call('POST', '/api/v1/statuses', { token: who.token, json })).body
}

/** Twenty characters, as the server makes them. */
const ERRAND = 'errand-for-the-rest_'

/** There is no other server to ask for a thread: the errand is written down by hand. */
async function askAround(town: TestTown, post: { id: string }): Promise<void> {
  const told = { found: 2, expected: 3, silent_hosts: ['far.test'] }
  const started_at = town.clock.now().toISOString()
  await town.ctx.db
    .insertInto('thread_fetches')
    .values({ status_id: post.id, token: ERRAND, started_at, ...told })
    .execute()
}

/** Nobody answers there: what it says is written down by hand. */
const PAGE = 'https://pages.test/tides'

async function describePage(town: TestTown, author: Person): Promise<void> {
  const words = {
    title: 'Tides',
    description: 'How they wait',
    language: 'en',
    author_name: 'Inês',
    provider_name: 'Pages',
  }
  const addresses = { url: PAGE, author_url: 'https://pages.test/ines', provider_url: 'https://pages.test' }
  const looks = { image_url: `${PAGE}.jpg`, width: 1200, height: 630, blurhash: 'LEHV6nWB2yk8pyo0adR*.7kCMdnj' }
  const told = { author_account_id: author.accountId, published_at: town.clock.now().toISOString() }
  await town.ctx.db
    .updateTable('link_cards')
    .set({ ...words, ...addresses, ...looks, ...told })
    .where('link', '=', PAGE)
    .execute()
  const verified_at = town.clock.now().toISOString()
  const listed = {
    attribution_domains: ['pages.test'],
    fields: JSON.stringify([{ name: 'Site', value: 'https://ines.test', verified_at }]),
  }
  await town.ctx.db.updateTable('accounts').set(listed).where('id', '=', author.accountId).execute()
}

const queries: Record<string, (ids: Ids) => string> = {
  '/api/web/moderation/queue/group': ({ ines }) => `?key=account:${ines.accountId}`,
  '/api/v1/accounts': ({ ines }) => `?id[]=${ines.accountId}`,
  '/api/v1/peers/search': () => '?q=peer',
  '/api/v1/accounts/lookup': () => '?acct=ines',
  '/api/v1/accounts/relationships': ({ ines }) => `?id[]=${ines.accountId}`,
  '/api/v1/accounts/familiar_followers': ({ ines }) => `?id[]=${ines.accountId}`,
  '/api/v1/domain_blocks/preview': () => '?domain=peer.test',
  '/api/v1/timelines/link': () => `?url=${encodeURIComponent(PAGE)}`,
  '/api/v1/markers': () => '?timeline[]=home',
  '/api/v1/statuses': ({ post }) => `?id[]=${post.id}`,
  '/api/v2/search': () => '?q=ines',
  '/api/v1/accounts/search': () => '?q=ines',
  '/api/oembed': ({ post }) => `?url=${encodeURIComponent(`https://town.test/@ines/${post.id}`)}`,
  '/.well-known/webfinger': () => '?resource=acct:ines@town.test',
}

/** What the id in a path stands for, by a part of the path; the first that fits. A post otherwise. */
const subjects: readonly [string, (ids: Ids, path: string) => string][] = [
  ['/moderation/bulk/', ({ bulk }) => bulk.id],
  ['/async_refreshes/:id', () => ERRAND],
  ['/accounts/:id', ({ ines }) => ines.accountId],
  ['/ap/users/:id', ({ ines }) => ines.accountId],
  ['/notifications/requests/', ({ requestId }) => requestId],
  ['/conversations/', ({ threadId }) => threadId],
  ['/notifications/', ({ notification }) => notification.id],
  ['/moderation/reports/', ({ report }) => report.id],
  ['/admin/reports/', ({ report }) => report.id],
  ['/admin/tags/', ({ tagId }) => tagId],
  ['/email_domain_blocks/', ({ mailDomain }) => mailDomain.id],
  ['/ip_blocks/', ({ network }) => network.id],
  ['/canonical_email_blocks/', ({ mailbox }) => mailbox.id],
  ['/moderation/lists/', ({ serverList }) => serverList.id],
  ['/domain_blocks/', ({ domainBlock }) => domainBlock.id],
  ['/domain_allows/', ({ domainAllow }) => domainAllow.id],
  ['/severed_relationships/', ({ severed }) => severed.id],
  ['/webhooks/', ({ hook }) => hook.id],
  ['/media/', ({ picture }) => picture.id],
  ['/emojis/', ({ emoji }) => emoji.id],
  ['/polls/', ({ poll }) => poll.id],
  ['/filters/', (ids, path) => filterTarget(path, ids)],
  ['/admin/rules/', ({ contentRule }) => contentRule],
  ['/admin/rule_trials/', ({ trial }) => trial],
  ['/announcements/', ({ announcement }) => announcement.id],
  ['/drafts/', ({ draft }) => draft.id],
  ['/scheduled_statuses/', ({ scheduled }) => scheduled.id],
  ['/lists/:id', ({ list }) => list.id],
  ['/imports/:id', ({ file }) => file.id],
  ['/takeouts/:id', ({ takeout }) => takeout.id],
  ['/list/:id', ({ list }) => list.id],
]

/** Something that every route has an answer about. */
function targetOf(path: string, ids: Ids): string {
  const subject = subjects.find(([part]) => path.includes(part))
  const target = path
    .replace(':id', subject ? subject[1](ids, path) : ids.post.id)
    .replace(':account_id', path.includes('/in_collections') ? ids.bram.accountId : ids.ines.accountId)
    .replace(':host', 'loud.test')
    .replace(':kind', 'approved')
    .replace(':year', '2025')
    .replace(':date', ids.today)
    .replace(':statusId', path.includes('/reply_approvals/') ? ids.guest.id : ids.post.id)
    .replace(':quoting_id', ids.quoting.id)
    .replace(':quoteId', ids.quoteId)
    .replace(':name', path.includes('/tags/') ? 'tag' : path.includes('/reactions/') ? 'fern' : ids.ines.username)
    .replace(':hashtag', 'tag')
    .replace(':username', ids.ines.username)
    .replace(':group_key', ids.notification.group_key)
  return `${target}${queries[path]?.(ids) ?? ''}`
}

/** A filter, or what is in it: keywords are the filters of the first version. */
function filterTarget(path: string, { filter, keywordId, filteredId }: Ids): string {
  if (path.startsWith('/api/v1/') || path.includes('/filters/keywords/')) return keywordId
  return path.includes('/filters/statuses/') ? filteredId : filter.id
}
