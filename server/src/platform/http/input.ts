import qs from 'qs'
import type { TSchema } from 'typebox'
import { Refusal } from '#lib/refusal'

const QS_LIMITS = { depth: 6, arrayLimit: 100, parameterLimit: 1000 }
const FALSY = new Set(['', '0', 'f', 'F', 'false', 'FALSE', 'False', 'off', 'OFF'])

/** Reads query strings and form bodies with Rails-style nesting: `poll[options][]=x` (mastodon-api 1.0). */
export function parseForm(text: string): Record<string, unknown> {
  return qs.parse(numberElements(text), QS_LIMITS)
}

/** `list[][member]`, brackets written out or not. */
const MEMBER = /^([^=]*?)(?:\[\]|%5b%5d)((?:\[|%5b)[^=]+)/i

/**
 * A list of objects may come without numbers, each member by itself: a new object begins where a member comes again, as
 * Rails reads it. `qs` would make one object of all, so the numbers are written in.
 */
function numberElements(text: string): string {
  if (!/(?:\[\]|%5b%5d)(?:\[|%5b)/i.test(text)) return text
  const lists = new Map<string, { index: number; seen: Set<string> }>()
  const numbered = text.split('&').map((pair) => {
    const [whole, list, member] = MEMBER.exec(pair) ?? []
    if (whole === undefined || list === undefined || member === undefined) return pair
    const at = lists.get(list) ?? { index: 0, seen: new Set() }
    lists.set(list, at)
    if (at.seen.has(member)) {
      at.index += 1
      at.seen.clear()
    }
    at.seen.add(member)
    return `${list}[${at.index}]${member}${pair.slice(whole.length)}`
  })
  return numbered.join('&')
}

type Shape = TSchema & { type?: string; properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[] }

/** No input of ours nests deeper than a few levels; a hostile one nests until the stack ends. */
const DEEPEST = 32

/**
 * Makes input fit for validation: nulls are dropped, since coercion would turn them into empty text, unless the schema
 * takes null, where it says something; booleans are read as Rails reads them, so that `True` and `on` count. NUL, which
 * no text in PostgreSQL can hold, is left out. Refuses what nests too deeply.
 */
export function prepareInput(schema: TSchema | undefined, value: unknown, depth = 0): unknown {
  if (depth > DEEPEST) throw new Refusal('badRequest', 'The request is nested too deeply')
  const shape: Shape | undefined = schema
  if (Array.isArray(value)) return value.map((item) => prepareInput(shape?.items, item, depth + 1))
  if (typeof value === 'object' && value !== null) return prepareObject(shape, value as Record<string, unknown>, depth)
  if (shape?.type === 'boolean') return readBoolean(value)
  return typeof value === 'string' ? value.replaceAll('\0', '') : value
}

function prepareObject(
  shape: Shape | undefined,
  value: Record<string, unknown>,
  depth: number,
): Record<string, unknown> {
  const entries = Object.entries(value).filter(
    ([key, item]) => item !== undefined && (item !== null || takesNull(shape?.properties?.[key])),
  )
  return Object.fromEntries(
    entries.map(([key, item]) => [key, prepareInput(shape?.properties?.[key], item, depth + 1)]),
  )
}

function takesNull(shape: Shape | undefined): boolean {
  return shape?.type === 'null' || (shape?.anyOf ?? []).some(takesNull)
}

/** As Rails reads it: a few words mean no, everything else yes. What is neither text nor number is left to the schema. */
export function readBoolean(value: unknown): unknown {
  if (typeof value === 'string') return !FALSY.has(value)
  if (typeof value === 'number') return value !== 0
  return value
}
