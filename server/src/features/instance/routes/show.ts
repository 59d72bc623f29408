import { Instance, Rule, V1Instance } from '@hamlet/contract/instance'
import { Type } from 'typebox'
import { countPeers } from '#features/domains'
import { EVERYBODY, findRole, isAllowed } from '#features/roles'
import { listRules, readSettings, readTexts, presentRules } from '#features/settings'
import { countActiveAuthors, countLocalStatuses } from '#features/statuses'
import { countUsers } from '#features/users'
import { anyone, route } from '#platform/http'
import { readPictures } from '../pictures.ts'
import { findContact } from '../contact.ts'
import { presentInstance, presentV1Instance, type InstanceFacts } from '../present.ts'
import type { Context } from '#platform/context'

const MONTH_MS = 30 * 24 * 3_600_000

async function gatherFacts(ctx: Context): Promise<InstanceFacts> {
  const settings = await readSettings(ctx)
  return {
    settings,
    contact: await findContact(ctx, settings.contact_account),
    texts: await readTexts(ctx),
    rules: await listRules(ctx),
    pictures: await readPictures(ctx),
    canInvite: isAllowed((await findRole(ctx, EVERYBODY))?.permissions ?? '0', 'invite_users'),
    users: await countUsers(ctx),
    activeUsers: await countActiveAuthors(ctx, new Date(ctx.clock.now().getTime() - MONTH_MS)),
    statuses: await countLocalStatuses(ctx),
    peers: await countPeers(ctx),
  }
}

export const routes = [
  route({
    method: 'GET',
    path: '/api/v2/instance',
    summary: 'Describe this server',
    access: anyone,
    response: Instance,
    handle: async ({ ctx }) => presentInstance(ctx, await gatherFacts(ctx)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/instance',
    summary: 'Describe this server, in the older form',
    access: anyone,
    response: V1Instance,
    handle: async ({ ctx }) => presentV1Instance(ctx, await gatherFacts(ctx)),
  }),
  route({
    method: 'GET',
    path: '/api/v1/instance/rules',
    summary: 'List the rules of this server',
    access: anyone,
    response: Type.Array(Rule),
    handle: async ({ ctx }) => presentRules(await listRules(ctx)),
  }),
]
