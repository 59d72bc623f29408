import type { CredentialAccount } from '@hamlet/contract/account'
import type { Instance } from '@hamlet/contract/instance'
import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** What can be read without a network: who one is, and the last of each feed. On this device alone, until signing out. */
type Session = { account: CredentialAccount; instance: Instance }
type Kept<T> = { at: number; value: T }

interface Shelves extends DBSchema {
  session: { key: string; value: Kept<Session> }
  /** By account and name: `123:home`. */
  feeds: { key: string; value: Kept<unknown[]> }
}

const NAME = 'hamlet'
const VERSION = 1
/** web-spec I-9: the last so many of each feed. */
const MOST = 400

let open: Promise<IDBPDatabase<Shelves>> | undefined

function shelves(): Promise<IDBPDatabase<Shelves>> {
  open ??= openDB<Shelves>(NAME, VERSION, {
    upgrade: (database) => {
      database.createObjectStore('session')
      database.createObjectStore('feeds')
    },
    // Another tab wipes everything: it must not wait for this one.
    blocking: () => void forgetOpen(),
    terminated: () => (open = undefined),
  })
  return open
}

async function forgetOpen(): Promise<void> {
  const database = await open
  open = undefined
  database?.close()
}

/** Keeps who is signed in. What somebody else left in this browser goes. */
export async function keepSession(session: Session): Promise<void> {
  const database = await shelves()
  const before = await database.get('session', 'me')
  if (before && before.value.account.id !== session.account.id) await database.clear('feeds')
  await database.put('session', { at: Date.now(), value: session }, 'me')
}

export async function readSession(): Promise<Kept<Session> | undefined> {
  return (await shelves()).get('session', 'me')
}

/** Keeps the newest of a feed, as they were shown; what was kept of it before is replaced. */
export async function keepFeed(accountId: string, name: string, items: readonly unknown[]): Promise<void> {
  await (await shelves()).put('feeds', { at: Date.now(), value: items.slice(0, MOST) }, `${accountId}:${name}`)
}

/** The feed as it was kept, and when (milliseconds since 1970); undefined when it never was. */
export async function readFeed<T>(accountId: string, name: string): Promise<Kept<T[]> | undefined> {
  const kept = await (await shelves()).get('feeds', `${accountId}:${name}`)
  return kept as Kept<T[]> | undefined
}

/** Wipes all of it: at sign-out, so that nobody after reads it. */
export async function forgetKept(): Promise<void> {
  const database = await shelves()
  await Promise.all([database.clear('session'), database.clear('feeds')])
}
