import { Type, type Static } from 'typebox'
import { Account, Role } from './account.ts'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])

/** Ours alone: somebody who signed up and waits for a moderator. */
export const SignUp = Type.Object(
  {
    /** Of the account. */
    id: Type.String(),
    username: Type.String(),
    email: Type.String(),
    /** Whether they followed the link that was sent to the address. */
    confirmed: Type.Boolean(),
    reason: nullable(Type.String()),
    /** The app that they signed up by; null for our own pages. */
    application: nullable(Type.String()),
    /** Where they signed up from. */
    ip: nullable(Type.String()),
    /** The name of the member whose invitation they came by. */
    invited_by: nullable(Type.String()),
    /** Why they wait who could have come in without a word: by names that our pages have words for. */
    why: Type.Array(Type.String()),
    created_at: Type.String(),
  },
  { $id: 'SignUp' },
)
export type SignUp = Static<typeof SignUp>

/** An account as the team sees it, one of here with the person behind it (mastodon-api Part 2, Admin::Account). */
export const AdminAccount = Type.Object(
  {
    id: Type.String(),
    username: Type.String(),
    domain: nullable(Type.String()),
    created_at: Type.String(),
    email: nullable(Type.String()),
    ip: nullable(Type.String()),
    ips: Type.Array(Type.Object({ ip: Type.String(), used_at: Type.String() })),
    confirmed: nullable(Type.Boolean()),
    approved: nullable(Type.Boolean()),
    disabled: nullable(Type.Boolean()),
    suspended: Type.Boolean(),
    silenced: Type.Boolean(),
    sensitized: Type.Boolean(),
    locale: nullable(Type.String()),
    invite_request: nullable(Type.String()),
    created_by_application_id: Type.Optional(Type.String()),
    invited_by_account_id: Type.Optional(Type.String()),
    role: nullable(Role),
    account: Type.Unsafe<Account>(Type.Ref('Account')),
  },
  { $id: 'AdminAccount' },
)
export type AdminAccount = Static<typeof AdminAccount>
