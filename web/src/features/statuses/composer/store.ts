import { openDB, type IDBPDatabase } from 'idb'
import { me } from '../../../app/session.ts'
import type { Outgoing, Writing } from './model.ts'

/** What is being written, as this browser keeps it: it is there after a crash and without a connection. */
export type LocalDraft = {
  localId: string
  writing: Writing
  updatedAt: number
  /** Not on the server yet as it is here. */
  isDirty: boolean
  /** Another writing was chosen instead: it is not opened by itself any more. */
  isSetAside: boolean
}

type Stores = { drafts: { key: string; value: LocalDraft }; outbox: { key: string; value: Outgoing } }

let opened: Promise<IDBPDatabase<Stores>> | undefined

/** Each person's own; a browser may be shared. */
function open(): Promise<IDBPDatabase<Stores>> {
  opened ??= openDB<Stores>(`hamlet-composer-${me.value.id}`, 1, {
    upgrade: (db) => {
      db.createObjectStore('drafts', { keyPath: 'localId' })
      db.createObjectStore('outbox', { keyPath: 'key' })
    },
  })
  return opened
}

/** Without storage (a private window may have none) the page works on with what it has in memory and on the server. */
async function attempt<T>(run: (db: IDBPDatabase<Stores>) => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await run(await open())
  } catch {
    return otherwise
  }
}

export const local = {
  listDrafts: () => attempt((db) => db.getAll('drafts'), []),
  keepDraft: (draft: LocalDraft) => attempt<unknown>((db) => db.put('drafts', draft), undefined),
  dropDraft: (localId: string) => attempt((db) => db.delete('drafts', localId), undefined),
  listOutbox: () => attempt((db) => db.getAll('outbox'), []),
  keepOutgoing: (outgoing: Outgoing) => attempt<unknown>((db) => db.put('outbox', outgoing), undefined),
  dropOutgoing: (key: string) => attempt((db) => db.delete('outbox', key), undefined),
}
