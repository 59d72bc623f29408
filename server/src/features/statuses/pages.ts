import { findLocalAccount } from '#features/accounts'
import { notFound } from '#lib/refusal'
import type { Page } from '#platform/http'
import { findEmbeddable } from './embed.ts'
import { presentStatuses } from './present/present-statuses.ts'
import { anonymousLimits, listAncestors, listDescendants } from './thread/list-thread.ts'

/** The page of one post, as an anonymous reader sees it. */
const statusPage: Page = {
  path: '/@:username/:id',
  load: async ({ ctx, params }) => {
    const account = await findLocalAccount(ctx, params.username ?? '')
    const [status] = account ? await presentStatuses(ctx, null, [params.id ?? '']) : []
    if (!account || !status || status.account.id !== account.id) throw notFound()
    const above = await listAncestors(ctx, null, status.id, anonymousLimits)
    const below = await listDescendants(ctx, null, status.id, anonymousLimits)
    const around = new Map((await presentStatuses(ctx, null, [...above, ...below])).map((one) => [one.id, one]))
    const pick = (ids: string[]) => ids.map((id) => around.get(id)).filter((one) => one !== undefined)
    return { kind: 'status', status, ancestors: pick(above), descendants: pick(below) }
  },
}

/** The post alone, for a frame on somebody's site. What is not for everybody is not there. */
const embedPage: Page = {
  path: '/@:username/:id/embed',
  isFramed: true,
  load: async ({ ctx, params }) => ({ kind: 'embed', status: await findEmbeddable(ctx, params) }),
}

export const pages = [statusPage, embedPage]
