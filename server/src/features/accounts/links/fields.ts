import { normaliseTagName } from '@hamlet/contract/text'
import { parseHttpUrl } from '#lib/host'
import { textToHtml } from '#lib/text-to-html'
import type { Context } from '#platform/context'
import { findOnlyLink } from './scan-links.ts'

/** A line of a profile as it is kept: as typed for people here, as clean HTML for others. */
export type Field = { name: string; value: string; verified_at: string | null }

/**
 * The value of a local field as HTML: one line, whose links say that they are of the same person (`rel=me`), so that the
 * pages behind them can be proven to belong to the profile.
 */
export function fieldToHtml(ctx: Context, value: string): string {
  return textToHtml(value, {
    mention: () => undefined,
    tagUrl: (name) => `${ctx.config.url}/tags/${encodeURIComponent(normaliseTagName(name))}`,
    isOwn: true,
  }).replaceAll(/<\/?p>/g, '')
}

/**
 * Where a field leads when it is one link and nothing else (mastodon-features, verified links): the address that is
 * read is the address that is followed, so a field cannot say one thing and be verified for another.
 */
export function linkOfField(value: string, isLocal: boolean): string | undefined {
  const address = isLocal ? value : findOnlyLink(value)
  const url = address === undefined || /\s/.test(address) ? undefined : parseHttpUrl(address)
  return url && url.username === '' && url.password === '' ? address : undefined
}

/** What was verified stays so while the value is the same. */
export function withVerification(
  fields: readonly { name: string; value: string }[],
  before: readonly Field[],
): Field[] {
  return fields.map(({ name, value }) => ({
    name,
    value,
    verified_at: before.find((one) => one.value === value)?.verified_at ?? null,
  }))
}
