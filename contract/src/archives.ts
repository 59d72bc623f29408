import { Type, type Static } from 'typebox'

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()])
const one = <T extends string>(...names: T[]) => Type.Unsafe<T>(Type.Union(names.map((name) => Type.Literal(name))))

/** What a file holds that somebody brings, in Mastodon's words. */
export const ImportKind = one(
  'following',
  'blocking',
  'muting',
  'domain_blocking',
  'bookmarks',
  'lists',
  'custom_filters',
)
export type ImportKind = Static<typeof ImportKind>

/** What is wrong with a line of it. */
export const ImportProblem = one('address', 'domain', 'uri', 'empty', 'repeated', 'self')
export type ImportProblem = Static<typeof ImportProblem>

/** A file that somebody brings: first what would become of it, then how far it is. */
export const Import = Type.Object({
  id: Type.String(),
  kind: ImportKind,
  mode: one('merge', 'overwrite'),
  state: one('draft', 'running', 'finished'),
  file_name: Type.String(),
  created_at: Type.String(),
  finished_at: nullable(Type.String()),
  /** Lines that say something; of them, how many were brought, and how many could not be. */
  rows: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
  removed: Type.Integer(),
  preview: Type.Object({
    /** Of the lines, how many say what is so already. */
    known: Type.Integer(),
    /** What there is and the file does not have. */
    others: Type.Integer(),
    some_others: Type.Array(Type.String()),
    some_rows: Type.Array(Type.String()),
    problem_count: Type.Integer(),
    problems: Type.Array(Type.Object({ line: Type.Integer(), text: Type.String(), problem: ImportProblem })),
    looks_like: nullable(ImportKind),
  }),
})
export type Import = Static<typeof Import>

/** Everything of a person in one file: asked for, packed, and there for a week. */
export const Takeout = Type.Object({
  id: Type.String(),
  state: one('packing', 'ready'),
  bytes: Type.Integer(),
  /** How far the packing is. */
  done: Type.Integer(),
  total: Type.Integer(),
  created_at: Type.String(),
  ready_at: nullable(Type.String()),
  /** Until when it is there, and when the next may be asked for. */
  until: Type.String(),
  next_at: Type.String(),
})
export type Takeout = Static<typeof Takeout>

/** An archive of old posts that somebody brings: first what is in it, then how far it is. */
export const PostImport = Type.Object({
  id: Type.String(),
  state: one('draft', 'running', 'finished', 'undoing', 'undone'),
  file_name: Type.String(),
  created_at: Type.String(),
  finished_at: nullable(Type.String()),
  done: Type.Integer(),
  undo_until: Type.String(),
  preview: Type.Object({
    /** Whose it is. */
    actor: Type.String(),
    posts: Type.Integer(),
    pictures: Type.Integer(),
    /** Of the posts, how many were brought before. */
    known: Type.Integer(),
    /** What stays out of it. */
    boosts: Type.Integer(),
    private_mentions: Type.Integer(),
    unreadable: Type.Integer(),
    oldest: Type.String(),
    newest: Type.String(),
  }),
})
export type PostImport = Static<typeof PostImport>
