import { RuleTrial } from '@hamlet/contract/content-rule'
import { RuleWording } from '@hamlet/contract/rule-grammar'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { isId, type Id } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'
import { presentTrial } from '../present/trials.ts'
import { findTrial } from '../rules/trial-store.ts'
import { MOST_TRIED, tryRule } from '../rules/try-rule.ts'

const PATH = '/api/hamlet/v1/admin/rule_trials'
const access = team('admin:read:reports', 'manage_taxonomies')

async function presentOwnTrial(ctx: Context, accountId: Id, id: string): Promise<RuleTrial> {
  const row = isId(id) ? await findTrial(ctx, id, accountId) : undefined
  if (!row) throw notFound()
  return presentTrial(ctx, row)
}

const tryRoute = route({
  method: 'POST',
  path: PATH,
  summary: 'Try a rule over the last public posts; nothing is changed by it',
  access,
  body: Type.Object({
    rule: RuleWording,
    posts: Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_TRIED })),
  }),
  response: RuleTrial,
  handle: async ({ ctx, viewer, body }) => {
    const id = await transact(ctx, (tx) => tryRule(tx, viewer.accountId, body.rule, body.posts ?? MOST_TRIED))
    return presentOwnTrial(ctx, viewer.accountId, id)
  },
})

const showRoute = route({
  method: 'GET',
  path: `${PATH}/:id`,
  summary: 'Show how far the trial of a rule came, and what it found',
  access,
  params: Type.Object({ id: Type.String() }),
  response: RuleTrial,
  handle: ({ ctx, viewer, params }) => presentOwnTrial(ctx, viewer.accountId, params.id),
})

export const trialRoutes = [tryRoute, showRoute]
