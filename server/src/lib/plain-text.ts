const CHARACTERS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" }
/** What ends a line for a reader. */
const LINE_END = /<br\s*\/?>|<\/(?:p|li|blockquote|pre|ol|ul)>/g

/**
 * The words of the HTML that this server writes itself (`textToHtml`, `sanitiseHtml`): no tag of it holds a raw angle
 * bracket, and only the five characters that `escapeHtml` knows are written as entities. HTML of strangers needs a parser.
 */
export function plainText(html: string): string {
  return html
    .replaceAll(LINE_END, '\n')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => CHARACTERS[name] as string)
    .trim()
}
