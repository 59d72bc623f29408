import type { Import, PostImport, Takeout } from '@hamlet/contract/archives'
import { isoTime } from '#platform/db'
import type { ImportFacts } from './imports/store.ts'
import type { PostImportFacts } from './posts/store.ts'
import type { TakeoutRow } from './takeout/store.ts'

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

const DAY_MS = 24 * 3_600_000

export function presentTakeout(row: TakeoutRow): Takeout {
  const after = (days: number) => new Date(Date.parse(row.created_at) + days * DAY_MS).toISOString()
  return {
    id: row.id,
    state: row.state as Takeout['state'],
    bytes: Number(row.bytes),
    done: row.done,
    total: row.total,
    created_at: isoTime(row.created_at),
    ready_at: row.ready_at === null ? null : isoTime(row.ready_at),
    until: after(7),
    next_at: after(6),
  }
}

export function presentPostImport(row: PostImportFacts): PostImport {
  return {
    id: row.id,
    state: row.state,
    file_name: row.file_name,
    created_at: isoTime(row.created_at),
    finished_at: row.finished_at === null ? null : isoTime(row.finished_at),
    done: row.done,
    undo_until: new Date(Date.parse(row.created_at) + 30 * DAY_MS).toISOString(),
    preview: row.preview,
  }
}
