import qs from 'qs'
import type { TSchema } from 'typebox'

const QS_LIMITS = { depth: 6, arrayLimit: 100, parameterLimit: 1000 }
const FALSY = new Set(['', '0', 'f', 'F', 'false', 'FALSE', 'False', 'off', 'OFF'])

/** Reads query strings and form bodies with Rails-style nesting: `poll[options][]=x` (mastodon-api 1.0). */
export function parseForm(text: string): Record<string, unknown> {
  return qs.parse(text, QS_LIMITS)
}

type Shape = TSchema & { type?: string; properties?: Record<string, Shape>; items?: Shape; anyOf?: Shape[] }

/**
 * Makes input fit for validation: nulls and empty optional values are dropped, since coercion would turn them into
 * empty text, and booleans are read as Rails reads them, so that `True` and `on` count.
 */
export function prepareInput(schema: TSchema | undefined, value: unknown): unknown {
  const shape: Shape | undefined = schema
  if (Array.isArray(value)) return value.map((item) => prepareInput(shape?.items, item))
  if (typeof value === 'object' && value !== null) return prepareObject(shape, value as Record<string, unknown>)
  if (shape?.type === 'boolean') return readBoolean(value)
  return value
}

function prepareObject(shape: Shape | undefined, value: Record<string, unknown>): Record<string, unknown> {
  if (shape?.type === 'array') return value
  const entries = Object.entries(value).filter(([, item]) => item !== null && item !== undefined)
  return Object.fromEntries(entries.map(([key, item]) => [key, prepareInput(shape?.properties?.[key], item)]))
}

function readBoolean(value: unknown): unknown {
  if (typeof value === 'string') return !FALSY.has(value)
  if (typeof value === 'number') return value !== 0
  return value
}
