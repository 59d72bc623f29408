import type { KeyObject } from 'node:crypto'
import type { Id } from '#lib/id'
import type { Context, Tx } from '#platform/context'
import type { Activity } from './reading/read-activity.ts'

/** A key as our own table knows it: one owner. */
export type KnownKey = { keyId: string; actorUri: string; publicPem: string }
export type Signer = { keyId: string; privateKey: KeyObject }

/** Takes in one kind of activity whose speaker is proven. Runs in a transaction that may run twice. */
export type Handler = (tx: Tx, activity: Activity) => Promise<void>
/** What must be fetched or looked up before, outside any transaction. */
export type Preparation = (ctx: Context, activity: Activity) => Promise<void>

/** What this floor must ask of the rooms; bound once by `app/ports.ts`. */
export type FederationPorts = {
  /** Hosts of these that are shut out. */
  findSuspendedHosts(ctx: Context, hosts: readonly string[]): Promise<ReadonlySet<string>>
  findKey(ctx: Context, keyId: string): Promise<KnownKey | undefined>
  /** Looks a key up at its origin, at most once in five minutes for a key; undefined when it is not to be had. */
  fetchKey(ctx: Context, keyId: string): Promise<KnownKey | undefined>
  /** The key that a local account signs with; undefined when it is gone. */
  findSigner(ctx: Context, accountId: Id): Promise<Signer | undefined>
  /** Who is stored as the author of an object; undefined when it is not known here. */
  findOwner(ctx: Context, objectId: string): Promise<string | undefined>
  /** The collections that an actor's own document names, of which it may say what is in them. */
  findCollections(ctx: Context, actorUri: string): Promise<string[]>
  /** Everything that a request said of its actor: that it lives, and where. */
  noteActor(ctx: Context, actorUri: string): Promise<void>
  /** Whether others' posts may come by way of this actor. */
  isRelay(ctx: Context, actorUri: string): Promise<boolean>
  handlers: ReadonlyMap<string, { prepare?: Preparation; handle: Handler }>
}
