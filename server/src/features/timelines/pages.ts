import { normaliseTagName } from '@hamlet/contract/text'
import { findLocalAccount } from '#features/accounts'
import { presentAccount } from '#features/profiles'
import type { ProfileTab } from '@hamlet/contract/pages'
import { listPinned, presentStatuses } from '#features/statuses'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import type { Page } from '#platform/http'
import { listOfAccount, listPublic, listTagged } from './feeds.ts'
import { partsForStrangers } from './open-feeds.ts'

const PAGE = 20

const frontPage: Page = {
  path: '/',
  load: async ({ ctx }) => {
    const parts = await partsForStrangers(ctx, 'feed')
    const isShown = parts !== undefined && !parts.remote
    const ids = isShown ? await listPublic(ctx, null, { local: true, remote: false }, { limit: PAGE }) : []
    return { kind: 'front', statuses: await presentStatuses(ctx, null, ids) }
  },
}

function readTab(wanted: unknown): ProfileTab {
  return wanted === 'replies' || wanted === 'media' ? wanted : 'posts'
}

/** Older posts are a plain link, so that reading on needs no script. */
const profilePage: Page = {
  path: '/@:username',
  findDocument: async ({ ctx, params }) => (await findLocalAccount(ctx, params.username ?? ''))?.uri,
  load: async ({ ctx, params, query }) => {
    const row = await findLocalAccount(ctx, params.username ?? '')
    if (!row) throw notFound()
    const tab = readTab(query.show)
    const isFirst = !isId(query.max_id)
    const page = isId(query.max_id) ? { limit: PAGE, maxId: query.max_id } : { limit: PAGE }
    const ids = await listOfAccount(
      ctx,
      { accountId: row.id, viewerId: null },
      { excludeReplies: tab === 'posts', excludeBoosts: true, onlyMedia: tab === 'media' },
      page,
    )
    const pinned = tab === 'posts' && isFirst ? await listPinned(ctx, row.id) : []
    const shown = await presentStatuses(ctx, null, [...new Set([...pinned, ...ids])])
    const last = ids.length === PAGE ? ids.at(-1) : undefined
    const show = tab === 'posts' ? '' : `show=${tab}&`
    return {
      kind: 'profile',
      account: await presentAccount(ctx, row.id),
      tab,
      pinned: shown.filter((one) => pinned.includes(one.id)),
      statuses: shown.filter((one) => !pinned.includes(one.id)),
      olderUrl: last === undefined ? null : `/@${row.username}?${show}max_id=${last}`,
    }
  },
}

/** What somebody wrote for everyone with a hashtag, answers among it: where the hashtags on their profile lead. */
const taggedPage: Page = {
  path: '/@:username/tagged/:name',
  load: async ({ ctx, params, query }) => {
    const row = await findLocalAccount(ctx, params.username ?? '')
    if (!row) throw notFound()
    const tagged = normaliseTagName(params.name ?? '')
    const page = isId(query.max_id) ? { limit: PAGE, maxId: query.max_id } : { limit: PAGE }
    const ids = await listOfAccount(
      ctx,
      { accountId: row.id, viewerId: null },
      { excludeReplies: false, excludeBoosts: true, tagged },
      page,
    )
    const last = ids.length === PAGE ? ids.at(-1) : undefined
    return {
      kind: 'profile',
      account: await presentAccount(ctx, row.id),
      tab: 'replies',
      tagged,
      pinned: [],
      statuses: await presentStatuses(ctx, null, ids),
      olderUrl: last === undefined ? null : `/@${row.username}/tagged/${encodeURIComponent(tagged)}?max_id=${last}`,
    }
  },
}

const tagPage: Page = {
  path: '/tags/:name',
  load: async ({ ctx, params, query }) => {
    const name = normaliseTagName(params.name ?? '')
    const page = isId(query.max_id) ? { limit: PAGE, maxId: query.max_id } : { limit: PAGE }
    const parts = await partsForStrangers(ctx, 'topics')
    const ids = parts ? await listTagged(ctx, null, { any: [name], ...parts }, page) : []
    const last = ids.length === PAGE ? ids.at(-1) : undefined
    return {
      kind: 'tag',
      name,
      statuses: await presentStatuses(ctx, null, ids),
      olderUrl: last === undefined ? null : `/tags/${encodeURIComponent(name)}?max_id=${last}`,
    }
  },
}

export const pages = [frontPage, profilePage, taggedPage, tagPage]
