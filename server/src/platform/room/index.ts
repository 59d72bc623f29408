import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import type { Page, Route } from '#platform/http'
import type { JobKind, Schedule } from '#platform/jobs'

/** Said in place of a hook by a room that keeps nothing of the kind; the reason is for the reader. */
export type None = { none: string }
export const none = (reason: string): None => ({ none: reason })

/** What a room tells the rest of the house about itself. */
export type Room = {
  name: string
  routes: readonly Route[]
  pages: readonly Page[]
  jobs: readonly JobKind<never>[]
  /** Regular work; its kinds of job need not be named again under `jobs`. */
  schedules: readonly Schedule[]
  /** Deletes what the room keeps of an account; may run again after an interruption. */
  erase: ((tx: Tx, accountId: Id) => Promise<void>) | None
  /** Deletes what the room keeps of a whole server, beside what it keeps of that server's people; may run again. */
  eraseServer?: (tx: Tx, host: string) => Promise<void>
  /** What the room keeps of an account, in plain JSON, for the person's own archive. */
  takeout: ((ctx: Context, accountId: Id) => Promise<Record<string, unknown>>) | None
}

type Optional = 'routes' | 'pages' | 'jobs' | 'schedules'

export function defineRoom(room: Omit<Room, Optional> & Partial<Pick<Room, Optional>>): Room {
  return { routes: [], pages: [], jobs: [], schedules: [], ...room }
}
