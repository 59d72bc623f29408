/**
 * Reads a language tag as apps send it (`de`, `zh-CN`, `PT`): the tag in its usual case, or undefined when its
 * first part is no language of ISO 639 (known to CLDR by a name).
 */
export function readLanguage(text: string): string | undefined {
  const match = /^([a-z]{2,3})(?:[-_]([a-z]{2,4}))?$/i.exec(text.trim())
  if (!match) return undefined
  const language = (match[1] as string).toLowerCase()
  if (!new Intl.DisplayNames('en', { type: 'language', fallback: 'none' }).of(language)) return undefined
  const region = match[2]
  if (region === undefined) return language
  return `${language}-${region.length === 4 ? region[0]?.toUpperCase() + region.slice(1).toLowerCase() : region.toUpperCase()}`
}
