/** Names of custom emoji in a text: apart from the rest of its grammar, which no list of posts needs. */

/**
 * An emoji's name between colons. What stands before and after is looked at and not taken: letters, numbers and colons
 * there make it part of a word, of a time or of an address (federation.md i.3).
 */
const SHORTCODE = /(?<![\p{L}\p{N}:]):(\w{2,128}):(?![\p{L}\p{N}:])/gu
const SHORTCODE_NAME = /^\w{2,128}$/

export type ShortcodeEntity = { start: number; end: number; shortcode: string }

/** Everything in a text, or in some HTML, that may be the name of a custom emoji, in order. */
export function findShortcodes(text: string): ShortcodeEntity[] {
  return [...text.matchAll(SHORTCODE)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    shortcode: match[1] as string,
  }))
}

/** A name that an emoji can have: 2 to 128 letters of ASCII, digits and underscores (mastodon-limits 3). */
export function isShortcode(text: string): boolean {
  return SHORTCODE_NAME.test(text)
}
