import { Rule } from '@hamlet/contract/instance'
import { Type } from 'typebox'
import { team } from '#features/roles'
import { changeRule, createRule, listRules, orderRules, presentRules, retireRule } from '#features/settings'
import { isId } from '#lib/id'
import { notFound } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { route } from '#platform/http'

const PATH = '/api/web/admin/rules'
const OneId = Type.Object({ id: Type.String() })
const words = { text: Type.String({ maxLength: 10_000 }), hint: Type.Optional(Type.String({ maxLength: 10_000 })) }
const Wish = Type.Object({
  ...words,
  translations: Type.Optional(Type.Record(Type.String({ maxLength: 20 }), Type.Object(words), { maxProperties: 50 })),
})
const Rules = Type.Array(Type.Unsafe<Rule>(Type.Ref('Rule')))
/** Rules have no scope of their own in Mastodon's list. */
const mayWrite = team('admin:write', 'manage_rules')

type Said = { text: string; hint?: string }
const whole = ({ text, hint = '' }: Said) => ({ text, hint })
function readBody(body: Said & { translations?: Record<string, Said> }) {
  const said = Object.entries(body.translations ?? {}).map(([language, one]) => [language, whole(one)] as const)
  return { ...whole(body), translations: Object.fromEntries(said) }
}

const present = async (ctx: Context) => presentRules(await listRules(ctx))

/** The rules of this server, as the team writes them; every answer is all of them, in order. */
export const teamRuleRoutes = [
  route({
    method: 'GET',
    path: PATH,
    summary: 'List the rules of this server in every language that they are put in',
    access: team('admin:read', 'manage_rules'),
    response: Rules,
    handle: ({ ctx }) => present(ctx),
  }),
  route({
    method: 'POST',
    path: PATH,
    summary: 'Add a rule of this server after the last',
    access: mayWrite,
    body: Wish,
    response: Rules,
    handle: async ({ ctx, viewer, body }) => {
      await transact(ctx, (tx) => createRule(tx, viewer.accountId, readBody(body)))
      return present(ctx)
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/order`,
    summary: 'Put the rules of this server in another order',
    access: mayWrite,
    body: Type.Object({ ids: Type.Array(Type.String({ maxLength: 30 }), { maxItems: 200 }) }),
    response: Rules,
    handle: async ({ ctx, viewer, body }) => {
      if (!body.ids.every(isId)) throw notFound()
      await transact(ctx, (tx) => orderRules(tx, viewer.accountId, body.ids))
      return present(ctx)
    },
  }),
  route({
    method: 'PUT',
    path: `${PATH}/:id`,
    summary: 'Say a rule of this server in other words and languages',
    access: mayWrite,
    params: OneId,
    body: Wish,
    response: Rules,
    handle: async ({ ctx, viewer, params, body }) => {
      const { id } = params
      if (!isId(id)) throw notFound()
      await transact(ctx, (tx) => changeRule(tx, viewer.accountId, id, readBody(body)))
      return present(ctx)
    },
  }),
  route({
    method: 'DELETE',
    path: `${PATH}/:id`,
    summary: 'Take a rule of this server out of force; reports that name it still say it',
    access: mayWrite,
    params: OneId,
    response: Rules,
    handle: async ({ ctx, viewer, params }) => {
      const { id } = params
      if (!isId(id)) throw notFound()
      await transact(ctx, (tx) => retireRule(tx, viewer.accountId, id))
      return present(ctx)
    },
  }),
]
