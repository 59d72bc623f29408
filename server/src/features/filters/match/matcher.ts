import type { Id } from '#lib/id'
import type { Config } from '#platform/config'
import type { Context } from '#platform/context'
import { readChanged, type FilterRow } from '../store.ts'
import { compileWords, findWords, type Words } from '#lib/find-words'

/** What one filter has against a post: the first of its words that stands in it, and the post itself when it is named. */
export type Match = { filter: FilterRow; word?: string; statusId?: Id }
/** A post as it is matched; each text by itself, so that no phrase runs from one into the next. */
export type Matchable = { id: Id; texts: readonly string[] }
/** What a person does not want to read, as it counts now. */
export type Matcher = { match(post: Matchable): Match[] }

type Compiled = { version: string; filters: FilterRow[]; words: Words; posts: Map<Id, number[]> }

const MOST_KEPT = 1_000
/** The filters of those who read last, by account; they stay with their process's configuration. */
const kept = new WeakMap<Config, Map<Id, Compiled>>()

/**
 * The filters of a person, made ready once for each version of them. The version is asked every time, so that what another
 * process changed counts at once. One query; nobody, and who never had filters, has no matcher.
 */
export async function findMatcher(ctx: Context, viewerId: Id | null): Promise<Matcher | undefined> {
  if (viewerId === null) return undefined
  const people = keptOf(ctx)
  const known = people.get(viewerId)
  const read = await readChanged(ctx, viewerId, known?.version)
  people.delete(viewerId)
  if (!read) return undefined
  const compiled = read.filters || !known ? compile(read.version, read.filters ?? []) : known
  keep(people, viewerId, compiled)
  return matcherOf(compiled, ctx.clock.now().getTime())
}

/** Matches words that are in no filter yet. */
export function makeMatcher(filter: FilterRow): Matcher {
  return matcherOf(compile('', [filter]), 0)
}

function keptOf({ config }: Context): Map<Id, Compiled> {
  const known = kept.get(config)
  if (known) return known
  const people = new Map<Id, Compiled>()
  kept.set(config, people)
  return people
}

/** Whoever read longest ago makes room. */
function keep(people: Map<Id, Compiled>, viewerId: Id, compiled: Compiled): void {
  if (people.size >= MOST_KEPT) people.delete(people.keys().next().value ?? '')
  people.set(viewerId, compiled)
}

function compile(version: string, filters: FilterRow[]): Compiled {
  const words = filters.flatMap((filter, index) =>
    filter.keywords.map((one) => ({ keyword: one.keyword, wholeWord: one.whole_word, filter: index })),
  )
  const posts = new Map<Id, number[]>()
  for (const [index, filter] of filters.entries()) {
    for (const { status_id } of filter.statuses) posts.set(status_id, [...(posts.get(status_id) ?? []), index])
  }
  return { version, filters, words: compileWords(words), posts }
}

function matcherOf({ filters, words, posts }: Compiled, nowMs: number): Matcher {
  const counts = filters.map(({ expires_at }) => expires_at === null || Date.parse(expires_at) > nowMs)
  return {
    match: ({ id, texts }) => {
      const found = new Map<number, string>()
      for (const text of texts) findWords(words, text, found)
      const named = posts.get(id) ?? []
      return filters.flatMap((filter, index) => {
        const word = found.get(index)
        const isNamed = named.includes(index)
        if (!counts[index] || (word === undefined && !isNamed)) return []
        return { filter, ...(word === undefined ? {} : { word }), ...(isNamed ? { statusId: id } : {}) }
      })
    },
  }
}
