import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDomain } from '#features/domains'
import { addEmoji } from '#features/emojis'
import { requireRoleId } from '#features/roles'
import { addRule, writeSetting } from '#features/settings'
import { readHost, type Host } from '#lib/host'
import { createUser } from '#features/users'
import { transact } from '#platform/context'
import { makePicture, upload } from '#test/pictures'
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
  picture: { id: string }
  report: { id: string }
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
  const ids = { requestId: requests.body[0].id as string, notification: notifications.body[0] as Notification }
  return {
    town,
    ...people,
    ...things,
    targetOf: (path) => targetOf(path, { ...people, ...things, ...ids }),
    [Symbol.asyncDispose]: () => town[Symbol.asyncDispose](),
  }
}

type Notification = { id: string; group_key: string }
type Ids = { ines: Person } & Record<'post' | 'picture' | 'report' | 'mailDomain' | 'emoji', { id: string }> & {
    requestId: string
    notification: Notification
  }

async function settle(town: TestTown) {
  const ines = await town.person('ines')
  const bram = await town.person('bram', 'profile read write follow push admin:read admin:write')
  const owner = { role_id: requireRoleId('owner') }
  await town.ctx.db.updateTable('users').set(owner).where('id', '=', bram.userId).execute()
  await town.ctx.db.updateTable('oauth_applications').set({ website: 'https://app.test/' }).execute()
  await writeSetting(town.ctx, 'contact_email', 'team@town.test')
  await writeSetting(town.ctx, 'registrations', 'open')
  await transact(town.ctx, async (tx) => {
    await addRule(tx, 'Be kind', 'to everyone')
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
  const post = await say(ines, 'hello @bram #tag :fern:', { spoiler_text: 'hi', media_ids: [shown.id] })
  await act(bram, `accounts/${ines.accountId}/follow`, { notify: true, languages: ['en'] })
  await act(ines, `accounts/${bram.accountId}/follow`)
  await say(ines, `told to those who asked: ${PAGE}`)
  const answer = await say(bram, '@ines hello', { in_reply_to_id: post.id })
  for (const verb of ['favourite', 'reblog']) await act(ines, `statuses/${answer.id}/${verb}`)
  for (const verb of ['favourite', 'reblog', 'bookmark']) await act(bram, `statuses/${post.id}/${verb}`)
  const edited = { status: 'hello again @bram #tag', spoiler_text: 'hi', media_ids: [shown.id] }
  await town.call('PUT', `/api/v1/statuses/${post.id}`, { token: ines.token, json: edited })
  await town.call('PATCH', '/api/v1/accounts/update_credentials', { token: ines.token, json: open })
  await act(bram, 'markers', { home: { last_read_id: post.id } })
  const picture = (await upload(town, bram.token)).body as { id: string }
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
  const filed = { account_id: ines.accountId, status_ids: [post.id] }
  const report = (await act(bram, 'reports', filed)).body as { id: string }
  const mailDomain = (await act(bram, 'admin/email_domain_blocks', { domain: 'spam.example' })).body as { id: string }
  await town.settled()
  await describePage(town, ines)
  return { post, picture, report, mailDomain, emoji, blocked, muted }
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
  const listed = { attribution_domains: ['pages.test'] }
  await town.ctx.db.updateTable('accounts').set(listed).where('id', '=', author.accountId).execute()
}

async function bringEmoji(town: TestTown): Promise<{ id: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-fern-'))
  try {
    const path = join(folder, 'fern.png')
    writeFileSync(path, await makePicture('png', { width: 32, height: 32 }))
    await addEmoji(town.ctx, { shortcode: 'fern', path, category: 'Plants' })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  return town.ctx.db.selectFrom('custom_emojis').select('id').executeTakeFirstOrThrow()
}

const queries: Record<string, (ids: Ids) => string> = {
  '/api/v1/accounts/lookup': () => '?acct=ines',
  '/api/v1/accounts/relationships': ({ ines }) => `?id[]=${ines.accountId}`,
  '/api/v1/timelines/link': () => `?url=${encodeURIComponent(PAGE)}`,
  '/api/v1/markers': () => '?timeline[]=home',
  '/api/v1/statuses': ({ post }) => `?id[]=${post.id}`,
  '/api/v2/search': () => '?q=ines',
  '/api/v1/accounts/search': () => '?q=ines',
  '/.well-known/webfinger': () => '?resource=acct:ines@town.test',
}

/** Something that every route has an answer about. */
function targetOf(path: string, ids: Ids): string {
  const { ines, post, picture, report, mailDomain, emoji, requestId, notification } = ids
  const isAboutAccount = path.includes('/accounts/:id') || path.startsWith('/ap/users/:id')
  const id = isAboutAccount
    ? ines.accountId
    : path.includes('/notifications/requests/')
      ? requestId
      : path.includes('/notifications/')
        ? notification.id
        : path.includes('/moderation/reports/')
          ? report.id
          : path.includes('/email_domain_blocks/')
            ? mailDomain.id
            : path.startsWith('/emojis/')
              ? emoji.id
              : path.includes('/media/')
                ? picture.id
                : post.id
  const target = path
    .replace(':id', id)
    .replace(':statusId', post.id)
    .replace(':hashtag', 'tag')
    .replace(':group_key', notification.group_key)
  return `${target}${queries[path]?.(ids) ?? ''}`
}
