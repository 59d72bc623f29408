import type { Static, TSchema } from 'typebox'
import type { Context } from '#platform/context'
import type { Id } from '#lib/id'
import type { Jar } from './session.ts'

/**
 * Who is asking: an app's token alone, a person through one, or a person signed in on our own pages (then there is
 * a session in place of a token and an app). Anonymous readers have no viewer.
 */
export type Viewer = {
  tokenId: Id | null
  applicationId: Id | null
  sessionId: Id | null
  scopes: readonly string[]
  userId: Id | null
  accountId: Id | null
  /** Why the account does not work now, where it does not: only a few pages of our own are theirs then. */
  closed?: Closed
}
export type Closed = 'suspended' | 'frozen' | 'unconfirmed' | 'waiting'
export type UserViewer = Viewer & { userId: Id; accountId: Id }

/**
 * What a route asks of its caller. `none` ignores tokens; `optional` takes anonymous callers, but a token that is
 * sent must be valid and hold the scope; `any` takes every valid token; `user` needs a person behind it, with `mayWait` one
 * who has yet to confirm their address or to be let in will do, with `mayBeShut` one who is frozen or suspended, too, with
 * `mayHaveMoved` one who moved away, on our own pages, with `mayBeClosed` on our own pages whoever can sign in at all, and with
 * `permission` it must be one whom their role lets.
 */
export type Access =
  | { kind: 'none' }
  | { kind: 'optional'; scope: string }
  | { kind: 'any' }
  | { kind: 'app'; scope: string }
  | {
      kind: 'user'
      scope: string
      mayWait?: true
      mayBeShut?: true
      mayHaveMoved?: true
      mayBeClosed?: true
      permission?: string
    }

/** Whom a route takes whom others refuse. */
export type Leniency = { mayWait?: true; mayBeShut?: true; mayHaveMoved?: true; mayBeClosed?: true }

type ViewerOf<A extends Access> = A extends { kind: 'user' }
  ? UserViewer
  : A extends { kind: 'any' | 'app' }
    ? Viewer
    : Viewer | undefined

export type RateLimit = { family: string; max: number; windowMs: number }

/** A file that came with a request: kept in a temporary place that is cleared after the handler. */
export type UploadedFile = { path: string; filename: string; bytes: number }

/** How a handler shapes its answer beyond the JSON that it returns. */
export type Answer = {
  status(code: number): void
  header(name: string, value: string): void
}

export type Call<A extends Access, P, Q, B> = {
  ctx: Context
  viewer: ViewerOf<A>
  /** What else the browser is signed in with. */
  jar: Jar
  params: P
  query: Q
  body: B
  headers: Record<string, string | string[] | undefined>
  /** As they came, names and values in turn: signatures are read from these. */
  rawHeaders: readonly string[]
  ip: string
  /** Files by field, where the route has `upload`. */
  files: Readonly<Record<string, UploadedFile>>
  /** The body's bytes, where the route has `raw`; empty elsewhere. */
  rawBody: Buffer
  /** Path and query as they came, for Link headers. */
  target: string
  answer: Answer
}

export type RouteSpec<A extends Access, P extends TSchema, Q extends TSchema, B extends TSchema> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  summary: string
  access: A
  params?: P
  query?: Q
  body?: B
  /** The 200 answer. For documentation and tests, never for serialising (architecture 7). */
  response: TSchema
  limit?: RateLimit
  /** Takes files in these multipart fields. */
  upload?: { maxBytes: number; fields: readonly string[] }
  /** Takes the body as it is, of any content type: for signatures over bytes. */
  raw?: { maxBytes: number }
  /**
   * `empty`: answers truthfully that there is nothing of the kind here yet; counted apart by the coverage of the API.
   * `as-there`: its answer is empty, and so is that of a Mastodon set up as this server is; it counts as whole.
   */
  coverage?: 'empty' | 'as-there'
  /**
   * Answers with a `ServedFile`, to everybody who knows the address: callers are neither looked at nor counted,
   * since one page asks for dozens.
   */
  file?: true
  /** Media type of the answer when it is not plain JSON. */
  produces?: string
  /** Gives JSON, a text as it is, or a text in pieces. */
  handle(call: Call<A, Static<P>, Static<Q>, Static<B>>): Promise<unknown>
}

// The parameters are erased once a route is defined: a list holds routes of every shape.
export type Route = RouteSpec<Access, TSchema, TSchema, TSchema>

/** Declares a route; what it lacks is refused by the compiler, what it hides is refused at start. */
export function route<A extends Access, P extends TSchema, Q extends TSchema, B extends TSchema>(
  spec: RouteSpec<A, P, Q, B>,
): Route {
  return spec
}

export const anyone = { kind: 'none' } as const
export const anyToken = { kind: 'any' } as const
export const reader = <S extends string>(scope: S) => ({ kind: 'optional', scope }) as const
export const app = <S extends string>(scope: S) => ({ kind: 'app', scope }) as const
export const user = <S extends string>(scope: S) => ({ kind: 'user', scope }) as const
/** Also for whoever moved to another account, on our own pages; apps and whoever is shut out are told why not. */
export const away = <S extends string>(scope: S) => ({ kind: 'user', scope, mayHaveMoved: true }) as const
/**
 * Also for whoever moved to another account, and on our own pages for whoever is suspended, frozen, unconfirmed or waiting:
 * what they need to keep order here (mastodon-features 8).
 */
export const leaver = <S extends string>(scope: S) =>
  ({ kind: 'user', scope, mayHaveMoved: true, mayBeClosed: true }) as const
export const newcomer = <S extends string>(scope: S) => ({ kind: 'user', scope, mayWait: true }) as const
/** For the few things that somebody may still do who is frozen or suspended: appeal, take their things, and leave. */
export const shut = <S extends string>(scope: S) =>
  ({ kind: 'user', scope, mayBeShut: true, mayBeClosed: true }) as const
