import type { Role } from '@hamlet/contract/account'
import type { UserRow } from './store.ts'

/** What a person may do, as apps read it. */
export function presentRole(person: UserRow): Role {
  return {
    id: person.role_id,
    name: person.role_name,
    permissions: person.permissions,
    color: person.color,
    highlighted: person.highlighted,
    // Nobody can make collections here yet.
    collection_limit: 0,
  }
}
