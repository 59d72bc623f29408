import type { RelationshipSeveranceEvent } from '@hamlet/contract/severance'
import type { OwnSeverance } from '../severances/store.ts'

export function presentSeverance(row: OwnSeverance): RelationshipSeveranceEvent {
  return {
    id: row.id,
    type: row.type,
    purged: row.purged,
    target_name: row.target_name,
    followers_count: row.followers_count,
    following_count: row.following_count,
    created_at: row.created_at,
    hamlet: { undone_at: row.undone_at, restored: row.restored },
  }
}
