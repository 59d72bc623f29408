import { randomInt } from 'node:crypto'

/** A 64-bit id in Mastodon's layout, as decimal text: 48 bits of milliseconds, 16 random bits. Sorts by time. */
export type Id = string

const MAX_ID = (1n << 63n) - 1n

/** A fresh id for a moment in milliseconds. Two calls in one millisecond may clash once in 65,536: inserts retry. */
export function makeId(timeMs: number): Id {
  return ((BigInt(Math.max(0, Math.floor(timeMs))) << 16n) | BigInt(randomInt(65_536))).toString()
}

/** The moment an id was made for, in milliseconds. */
export function idTimeMs(id: Id): number {
  return Number(BigInt(id) >> 16n)
}

/** True for text that PostgreSQL would take as a positive bigint: guards every id that comes from outside. */
export function isId(text: unknown): text is Id {
  return typeof text === 'string' && /^\d{1,19}$/.test(text) && BigInt(text) <= MAX_ID
}

/** Compares two ids by number, oldest first. */
export function compareIds(a: Id, b: Id): number {
  return a.length === b.length ? (a < b ? -1 : a > b ? 1 : 0) : a.length - b.length
}
