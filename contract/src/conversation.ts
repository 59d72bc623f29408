import { Type, type Static } from 'typebox'
import { Account } from './account.ts'
import { Status } from './status.ts'

/** Private mentions among the same people in one conversation, as one of them reads it: `accounts` are the others. */
export const Conversation = Type.Object(
  {
    id: Type.String(),
    unread: Type.Boolean(),
    accounts: Type.Array(Type.Unsafe<Account>(Type.Ref('Account'))),
    last_status: Type.Union([Type.Unsafe<Status>(Type.Ref('Status')), Type.Null()]),
  },
  { $id: 'Conversation' },
)
export type Conversation = Static<typeof Conversation>

/** Ours alone: how many private threads hold something unread. */
export const UnreadConversations = Type.Object({ count: Type.Integer() }, { $id: 'UnreadConversations' })
export type UnreadConversations = Static<typeof UnreadConversations>
