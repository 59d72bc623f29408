import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { eraseAccountNow, purgeServerNow } from '#app/leaving'
import { score } from '#features/discovery'
import { ensureDomain } from '#features/domains'
import { readHost, type Host } from '#lib/host'
import { makeId } from '#lib/id'
import { transact } from '#platform/context'
import { furnishRules } from '#test/furnish-rules'
import { upload } from '#test/pictures'
import {
  findTraces,
  findUnknown,
  plantEverywhere,
  readColumns,
  type ByHand,
  type Kind,
  type Planted,
} from '#test/plant-person'
import { startTown, type Person, type TestTown } from '#test/test-town'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let town: TestTown
beforeAll(async () => {
  town = await startTown()
})
afterAll(() => town[Symbol.asyncDispose]())

async function idsOf(person: Person): Promise<Record<Kind, string>> {
  const said = await town.call('POST', '/api/v1/statuses', { token: person.token, json: { status: 'a plain word' } })
  const media = await upload(town, person.token)
  return {
    account: person.accountId,
    user: person.userId,
    status: said.body.id,
    media: media.body.id,
  }
}

test('every column that can name somebody is known', async () => {
  expect(findUnknown(await readColumns(town.ctx))).toEqual([])
})

/** What stays of somebody who left, by the row and the column that it was planted by, and why. */
const KEPT: Readonly<Record<string, string>> = {
  'announcements/mention_ids': 'the words of the team to everybody; the mention goes',
  'audit_log/actor_account_id': 'the book of the team: what was done, without by whom',
  'content_rule_hits/undone_by': 'what a rule did to somebody else, without who undid it',
  'domain_notes/author_account_id': 'what the team knows of a server, without who wrote it',
  'drafts/in_reply_to_id': 'what somebody else has begun to write; of the post only its number',
  'drafts/quoted_status_id': 'as above',
  'link_cards/author_account_id': 'what a page says of itself; that its author was here goes',
  'moderation_notes/author_account_id': 'a note on somebody else, without who wrote it',
  'quotes/quoted_status_id': 'the post of somebody else that quoted; it says that the quoted one is gone',
  'reports/assigned_account_id': 'a report of others about others, without who had it',
  'reports/resolved_by_account_id': 'as above, without who decided',
  'severances/initiator_account_id': 'that ties to a server were cut, without whose',
  'strikes/moderator_account_id': 'what was decided about somebody else, without by whom',
  'strikes/report_id': 'what was decided about somebody else; the report goes',
  'strikes/undone_by_account_id': 'what was decided about somebody else, without who undid it',
  'suspension_proposals/proposer_account_id': 'what was proposed about somebody else, without by whom',
}

/** Numbers of posts that name nothing any more, in rows of others. */
const KEPT_NUMBERS = new Set([
  'drafts.in_reply_to_id',
  'drafts.quoted_status_id',
  'held_statuses.quoted_status_id',
  'markers.last_read_id',
  // How far a rule was tried.
  'rule_trials.below',
])

/** What is left and has no reason. Work that waits to be done is not looked at: it ends. */
async function leftOver(words: readonly string[], kept: Readonly<Record<string, string>>): Promise<string[]> {
  const traces = await findTraces(town.ctx, words)
  return traces.filter((trace) => {
    const [column = '', way = ''] = trace.split(' ')
    return !column.startsWith('jobs.') && !(way in kept) && !KEPT_NUMBERS.has(trace)
  })
}

test('an account that is in every table by every column leaves nothing but what is kept on purpose', async () => {
  const [mia, other] = [await town.person('mia_who_leaves'), await town.person('other')]
  const ids = await idsOf(mia)
  const who = { word: 'mia_who_leaves@canary', host: 'canary.example', ids, others: await idsOf(other) }
  await furnish(other)
  const token = await town.ctx.db
    .selectFrom('oauth_tokens')
    .select('id')
    .where('account_id', '=', mia.accountId)
    .executeTakeFirstOrThrow()
  expect(await plantEverywhere(town.ctx, who, byHand(who, token.id))).toEqual([])
  const words = [who.word, ids.account, ids.user, ids.status, ids.media]
  expect((await findTraces(town.ctx, words)).length, 'it is everywhere before').toBeGreaterThan(400)
  await eraseAccountNow(town.ctx, mia.accountId)
  await score.run(town.ctx, {})
  expect(await leftOver(words, KEPT)).toEqual([])
  const reasons = new Set((await findTraces(town.ctx, words)).map((trace) => trace.split(' ')[1]))
  expect(
    Object.keys(KEPT).filter((way) => !reasons.has(way)),
    'nothing is excused that went',
  ).toEqual([])
})

/** Tables that may go on naming a server that was sent away, and why. */
const KEPT_OF_SERVERS: Readonly<Record<string, string>> = {
  blocked_mail_domains: 'a decision of the team about mail',
  domain_allows: 'a decision of the team',
  domain_drafts: 'what a list of others proposes',
  domain_list_entries: 'as above',
  domain_lists: 'where a list is read from',
  domain_notes: 'what the team knows of the server',
  domain_policies: 'the decision by which it is kept away',
  domain_purges: 'that it was sent away, and when',
  domains: 'its name, which others block',
  link_cards: 'pages that people of other servers link to',
  mail_domain_attempts: 'how many came with mail of that name on a day',
  push_hosts: 'whether a service for notifications answers',
  relays: 'a decision of the team',
  severances: 'whom people here lost by it: the name of the server alone',
  status_tombstones: 'addresses of what was deleted, so that it does not come back',
}

test('a server that is in every table by every column leaves nothing but what is kept on purpose', async () => {
  const other = await town.person('stays')
  const others = await idsOf(other)
  await furnish(other)
  const host = 'canary-server.example'
  const domainId = await settleServer(host)
  const ids = { account: makeId(Date.now()), status: makeId(Date.now()) }
  const word = `https://${host}/canary`
  await copyRow('accounts', others.account, {
    id: ids.account,
    domain_id: domainId,
    username: 'canary',
    uri: `https://${host}/users/canary`,
    inbox_url: `https://${host}/inbox`,
    url: `https://${host}/@canary`,
    outbox_url: '',
    followers_url: '',
    following_url: '',
    shared_inbox_url: null,
  })
  await copyRow('statuses', others.status, {
    id: ids.status,
    account_id: ids.account,
    is_local: false,
    conversation_uri: null,
    uri: `https://${host}/1`,
    url: `https://${host}/1`,
  })
  const who = { word, host, domainId, ids, others }
  const token = await town.ctx.db.selectFrom('oauth_tokens').select('id').executeTakeFirstOrThrow()
  const hand = { ...byHand({ ...who, ids: { ...others, ...ids } }, token.id), custom_emojis: { original_key: null } }
  expect(await plantEverywhere(town.ctx, who, hand)).toEqual([])
  await purgeServerNow(town.ctx, host)
  await score.run(town.ctx, {})
  const left = await leftOver([word, host, ids.account, ids.status], KEPT)
  expect(left.filter((trace) => !((trace.split('.')[0] as string) in KEPT_OF_SERVERS))).toEqual([])
})

async function settleServer(host: string): Promise<string> {
  const made = await transact(town.ctx, (tx) => ensureDomain(tx, readHost(host) as Host))
  return made.id
}

/** A row like another one, but for these. */
async function copyRow(table: string, id: string, change: Record<string, unknown>): Promise<void> {
  await sql`insert into ${sql.table(table)}
    select made.* from ${sql.table(table)} t, jsonb_populate_record(t, ${JSON.stringify(change)}::jsonb) made
    where t.id = ${id}`.execute(town.ctx.db)
}

/** What the rules of a table ask for. */
const byHand = ({ ids, others }: Planted, tokenId: string): ByHand => ({
  polls: { options: ['tea', 'rum'], tallies: '{0,0}' },
  'polls.account_id': { status_id: ids.status },
  'polls.status_id': { account_id: ids.account },
  'quotes.account_id': { status_id: ids.status },
  'quotes.quoted_account_id': { status_id: others.status },
  'held_statuses.account_id': { status_id: ids.status },
  'held_statuses.status_id': { account_id: ids.account },
  ...Object.fromEntries(
    ['oauth_tokens', 'oauth_grants', 'sessions', 'pending_sign_ins'].flatMap((table) => [
      [`${table}.user_id`, { account_id: ids.account }],
      [`${table}.account_id`, { user_id: ids.user }],
    ]),
  ),
  'oauth_grants.token_id': { account_id: ids.account, user_id: ids.user },
  'media.status_id': { account_id: ids.account },
  'content_holds.status_id': { account_id: ids.account },
  'content_rule_hits.status_id': { account_id: ids.account },
  'notifications.status_id': { from_account_id: ids.account },
  'notification_requests.last_status_id': { from_account_id: ids.account },
  'notification_pauses.status_id': { account_id: ids.account },
  'quotes.quoted_status_id': { quoted_account_id: ids.account },
  'reports.status_ids': { target_account_id: ids.account },
  'strikes.status_ids': { target_account_id: ids.account },
  'strikes.changed_ids': { target_account_id: ids.account },
  filters: { contexts: ['home'] },
  'push_subscriptions.account_id': { token_id: tokenId },
  'moderation_notes.author_account_id': { target_account_id: others.account },
  'moderation_notes.report_id': { target_account_id: null },
  'moderation_notes.target_account_id': { target_account_id: ids.account },
})

/** What belongs to nobody, and other rows stand on. */
async function furnish(other: Person): Promise<void> {
  await furnishRules(town, other, [other])
  await town.call('POST', '/api/v1/statuses', { token: other.token, json: { status: 'on #tag' } })
  await town.settled()
}
