import type { Import } from '@hamlet/contract/archives'
import { isoTime } from '#platform/db'
import type { ImportFacts } from './imports/store.ts'

export function presentImport(row: ImportFacts): Import {
  const { rows, ...preview } = row.preview
  return {
    id: row.id,
    kind: row.kind,
    mode: row.mode,
    state: row.state,
    file_name: row.file_name,
    created_at: isoTime(row.created_at),
    finished_at: row.finished_at === null ? null : isoTime(row.finished_at),
    rows,
    done: row.done,
    failed: row.failed,
    removed: row.removed,
    preview,
  }
}
