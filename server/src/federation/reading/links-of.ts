import { Parser } from 'htmlparser2'

export type HtmlLink = { href: string; classes: readonly string[]; rel: readonly string[] }

const MOST = 200

/** Where some HTML leads, in its order. */
export function linksOf(html: string): HtmlLink[] {
  const found: HtmlLink[] = []
  const parser = new Parser({
    onopentag: (name, { href, class: classes = '', rel = '' }) => {
      if (name !== 'a' || href === undefined || found.length === MOST) return
      found.push({ href, classes: words(classes), rel: words(rel) })
    },
  })
  parser.write(html)
  parser.end()
  return found
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean)
}
