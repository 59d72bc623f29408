import { isJson, listOf, textOf, type Json } from './json.ts'

/** What a Question asks, as its document tells it (federation.md b.4). Counts are what the other server says. */
export type RemoteQuestion = {
  options: { title: string; votes: number }[]
  isMultiple: boolean
  /** True while the other server keeps the counts to itself. */
  hidesTotals: boolean
  votersCount: number | null
  endsAt: Date | undefined
}

/** federation.md l.2; longer titles are cut, as nobody could read them. */
const MOST_OPTIONS = 500
export const LONGEST_OPTION = 1000
const LARGEST_COUNT = 2 ** 31 - 1
const FURTHEST_MS = 100 * 365 * 24 * 3_600_000

/** The question in a document of that type; undefined when nothing can be chosen. */
export function readQuestion(raw: Json, now: Date): RemoteQuestion | undefined {
  const isMultiple = raw.anyOf !== undefined && raw.anyOf !== null
  const found = listOf(isMultiple ? raw.anyOf : raw.oneOf, MOST_OPTIONS).filter(isJson)
  const options = new Map<string, number | undefined>()
  for (const item of found) {
    const title = textOf(item.name ?? item.content, LONGEST_OPTION) ?? ''
    // A vote names its option, so that of two with one name only the first can be chosen.
    if (title.trim() !== '' && !options.has(title)) options.set(title, readVotes(item))
  }
  if (options.size === 0) return undefined
  const endsAt = readEnd(raw, now)
  const isOver = endsAt !== undefined && endsAt <= now
  return {
    options: [...options].map(([title, votes]) => ({ title, votes: votes ?? 0 })),
    isMultiple,
    hidesTotals: !isOver && [...options.values()].every((votes) => votes === undefined),
    votersCount: countOf(raw.votersCount ?? raw['toot:votersCount']) ?? null,
    endsAt,
  }
}

/** Misskey counts in a member of its own. */
function readVotes(option: Json): number | undefined {
  const replies = isJson(option.replies) ? option.replies.totalItems : undefined
  return countOf(replies ?? option._misskey_votes)
}

function countOf(value: unknown): number | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return Math.min(LARGEST_COUNT, Math.max(0, Math.floor(value)))
}

/** `closed` is a moment, or anything else that is not false: then it is over by now at the latest. */
function readEnd(raw: Json, now: Date): Date | undefined {
  const end = momentOf(raw.endTime, now)
  const { closed } = raw
  if (closed === undefined || closed === null || closed === false) return end
  const moment = momentOf(closed, now)
  if (moment) return moment
  return end && end < now ? end : now
}

/** Ends lie ahead, unlike other times; what is a lifetime away is no end. */
function momentOf(value: unknown, now: Date): Date | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return time >= 0 && time < now.getTime() + FURTHEST_MS ? new Date(time) : undefined
}
