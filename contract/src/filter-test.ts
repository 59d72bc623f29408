import { Type, type Static } from 'typebox'
import type { Status } from './status.ts'

/** What words would have done to one's last posts at home; an extension of ours. `ids` are all, `statuses` a page of them. */
export const FilterTest = Type.Object(
  {
    examined: Type.Integer(),
    touched: Type.Integer(),
    ids: Type.Array(Type.String()),
    statuses: Type.Array(Type.Unsafe<Status>(Type.Ref('Status'))),
  },
  { $id: 'FilterTest' },
)
export type FilterTest = Static<typeof FilterTest>
