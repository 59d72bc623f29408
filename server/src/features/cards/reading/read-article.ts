/** What linked data says of the article on a page. */
export type Article = {
  headline: string | undefined
  description: string | undefined
  author: string | undefined
  authorUrl: string | undefined
  publisher: string | undefined
  published: string | undefined
  language: string | undefined
}

const TYPES = new Set([
  'NewsArticle',
  'Article',
  'BlogPosting',
  'ReportageNewsArticle',
  'WebPage',
  'SocialMediaPosting',
])
/** Lists that are longer name the whole site, not the page. */
const MOST = 50

type Thing = Record<string, unknown>

/** The first article among the linked data of a page (schema.org); what is broken is passed over. */
export function readArticle(scripts: readonly string[]): Article | undefined {
  const things = scripts.flatMap((script) => thingsIn(parse(script)))
  // What is said of the page is less than what is said of the article on it.
  const found =
    things.find((thing) => isOneOf(thing, TYPES, 'WebPage')) ?? things.find((thing) => isOneOf(thing, TYPES))
  if (!found) return undefined
  const author = firstThing(found.author)
  return {
    headline: textOf(found.headline) ?? textOf(found.name),
    description: textOf(found.description),
    author: author ? textOf(author.name) : textOf(found.author),
    authorUrl: author ? textOf(author.url) : undefined,
    publisher: textOf(firstThing(found.publisher)?.name),
    published: textOf(found.datePublished),
    language: textOf(found.inLanguage),
  }
}

function parse(script: string): unknown {
  try {
    return JSON.parse(script)
  } catch {
    return undefined
  }
}

function thingsIn(value: unknown): Thing[] {
  const top = Array.isArray(value) ? value.slice(0, MOST) : [value]
  return top.filter(isThing).flatMap((thing) => {
    const graph = thing['@graph']
    return Array.isArray(graph) ? [thing, ...graph.slice(0, MOST).filter(isThing)] : [thing]
  })
}

function isThing(value: unknown): value is Thing {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOneOf(thing: Thing, types: ReadonlySet<string>, except?: string): boolean {
  const own = [thing['@type']].flat().slice(0, MOST)
  return own.some((type) => typeof type === 'string' && type !== except && types.has(type))
}

function firstThing(value: unknown): Thing | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return isThing(first) ? first : undefined
}

function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' && first.trim() !== '' ? first : undefined
}
