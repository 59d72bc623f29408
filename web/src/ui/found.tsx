import { createContext, type ComponentChildren } from 'preact'

/** What is looked for on this screen: where it stands in a text, the text is marked. */
export const Finder = createContext<RegExp | undefined>(undefined)

/** A text with what was looked for in marks. */
export function markFound(text: string, finder: RegExp | undefined): ComponentChildren {
  if (!finder) return text
  const parts: ComponentChildren[] = []
  let from = 0
  for (const found of text.matchAll(finder)) {
    if (found[0] === '') continue
    parts.push(text.slice(from, found.index), <mark key={found.index}>{found[0]}</mark>)
    from = found.index + found[0].length
  }
  return from === 0 ? text : [...parts, text.slice(from)]
}
