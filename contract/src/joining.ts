import { Type, type Static } from 'typebox'

const choice = <const T extends string>(...words: T[]) =>
  Type.Unsafe<T>(Type.Union(words.map((word) => Type.Literal(word))))

/** Ours alone: who may join this server, and what is asked of them. */
export const JoiningSettings = Type.Object(
  {
    registrations: choice('open', 'approval', 'closed'),
    closed_message: Type.String(),
    require_reason: choice('on', 'off'),
    min_age: Type.Integer(),
    disposable_mail: choice('refuse', 'approval', 'allow'),
    proof_of_work: choice('off', 'busy', 'always'),
  },
  { $id: 'JoiningSettings' },
)
export type JoiningSettings = Static<typeof JoiningSettings>

/** The same as somebody sends it: what fits is judged by the settings themselves, in words. */
export const JoiningWish = Type.Object({
  registrations: Type.String(),
  closed_message: Type.String(),
  require_reason: Type.String(),
  min_age: Type.Number(),
  disposable_mail: Type.String(),
  proof_of_work: Type.String(),
})

/** Ours alone: sign-ups that wait and look as if one hand had made them. */
export const SignUpGroup = Type.Object(
  {
    mark: Type.String(),
    kind: choice('address', 'mail', 'name', 'reason', 'why'),
    value: Type.String(),
    count: Type.Integer(),
    confirmed: Type.Integer(),
    usernames: Type.Array(Type.String()),
    until: Type.String(),
  },
  { $id: 'SignUpGroup' },
)
export type SignUpGroup = Static<typeof SignUpGroup>
