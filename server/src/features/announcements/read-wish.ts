import { countGraphemes } from '@hamlet/contract/text'
import { invalid } from '#lib/refusal'
import type { Context } from '#platform/context'

/** As somebody of the team fills it in; moments as text. */
export type Wished = {
  text?: string | undefined
  starts_at?: string | null | undefined
  ends_at?: string | null | undefined
  all_day?: boolean | undefined
  scheduled_at?: string | null | undefined
}
export type Wish = {
  text: string
  starts_at: string | null
  ends_at: string | null
  all_day: boolean
  scheduled_at: string | null
}

const LONGEST = 5000
/** Nobody's server is promised for longer. */
const LATEST_MS = 100 * 365 * 24 * 3_600_000

/** What is wished for, checked: a text, a span with both ends or none, an hour that is still to come or none. */
export function readWish(ctx: Context, wished: Wished): Wish {
  const text = (wished.text ?? '').trim()
  if (text === '') throw invalid("Validation failed: Text can't be blank")
  if (countGraphemes(text) > LONGEST) throw invalid(`Validation failed: Text character limit of ${LONGEST} exceeded`)
  const starts_at = readMoment(ctx, 'Starts at', wished.starts_at)
  const ends_at = readMoment(ctx, 'Ends at', wished.ends_at)
  if ((starts_at === null) !== (ends_at === null))
    throw invalid("Validation failed: Starts at and ends at go together: one of them can't be blank")
  if (starts_at !== null && ends_at !== null && Date.parse(ends_at) < Date.parse(starts_at))
    throw invalid('Validation failed: Ends at must not lie before starts at')
  const scheduled = readMoment(ctx, 'Scheduled at', wished.scheduled_at)
  const isToCome = scheduled !== null && Date.parse(scheduled) > ctx.clock.now().getTime()
  return {
    text,
    starts_at,
    ends_at,
    all_day: starts_at !== null && wished.all_day === true,
    scheduled_at: isToCome ? scheduled : null,
  }
}

function readMoment(ctx: Context, name: string, text: string | null | undefined): string | null {
  if (text === undefined || text === null || text.trim() === '') return null
  const at = new Date(text)
  const isFar = Math.abs(at.getTime() - ctx.clock.now().getTime()) > LATEST_MS
  if (Number.isNaN(at.getTime()) || isFar) throw invalid(`Validation failed: ${name} is not a date`)
  return at.toISOString()
}
