import { Type } from 'typebox'
import { invalid } from '#lib/refusal'
import { readBoolean, user } from '#platform/http'
import type { KeywordChange } from '../write/filters.ts'

export const reads = user('read:filters')
export const writes = user('write:filters')
export const OneId = Type.Object({ id: Type.String() })
export const Nothing = Type.Object({})

/** Long enough for every refusal to be the verb's own. */
export const text = Type.Optional(Type.String({ maxLength: 5_000 }))
export const yes = Type.Optional(Type.Boolean())
export const Contexts = Type.Optional(Type.Array(Type.String({ maxLength: 50 }), { maxItems: 20 }))
/** Seconds from now, a hundred years at most. Null, nothing and 0 are for ever. */
export const ExpiresIn = Type.Optional(Type.Union([Type.Integer({ minimum: 0, maximum: 3_153_600_000 }), Type.Null()]))

const MOST_AT_ONCE = 1_000

type Given = Record<string, unknown>

/** Reads `keywords_attributes`: JSON and forms list or number them (mastodon-api 1.0); what is neither holds no keyword. */
export function readKeywords(given: unknown): KeywordChange[] {
  if (typeof given !== 'object' || given === null) return []
  const listed = Object.values(given).filter((one) => typeof one === 'object' && one !== null) as Given[]
  if (listed.length > MOST_AT_ONCE) throw invalid(`Validation failed: More than ${MOST_AT_ONCE} keywords at once`)
  return listed.map(({ id, keyword, whole_word, _destroy }) => ({
    ...(id === undefined || id === null || id === '' ? {} : { id: asText(id) }),
    ...(keyword === undefined || keyword === null ? {} : { keyword: asText(keyword) }),
    ...(whole_word === undefined || whole_word === null ? {} : { wholeWord: readBoolean(whole_word) === true }),
    isDestroyed: readBoolean(_destroy) === true,
  }))
}

function asText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
