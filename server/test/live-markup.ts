import { Parser } from 'htmlparser2'

/**
 * Finds what strangers must never bring into an answer: elements, attributes and addresses beyond those that our pages
 * are made of. Pages are read by a parser; HTML within JSON must have a form so narrow that all parsers agree on it.
 */
const POST = new Set('p br a span del s pre blockquote code b strong u i em ul ol li ruby rt rp'.split(' '))
const PAGE = new Set([
  ...POST,
  ...'html head meta title link script body header main footer nav section article aside div h1 h2 h3 h4'.split(' '),
  ...'img time details summary dl dt dd button form input label textarea select option fieldset legend'.split(' '),
  ...'bdi abbr svg use figure figcaption picture video audio source small ins hr meter progress output table tr td th'.split(
    ' ',
  ),
])
const PAGE_ATTRIBUTES = new Set(
  `accept action alt autocomplete blocking autofocus charset checked class cite content controls datetime dir disabled download draggable enctype
  for height hidden href hreflang id itemprop itemscope itemtype lang loading max maxlength method min minlength name
  open pattern placeholder poster preload property rel required reversed role rows selected spellcheck src start step
  tabindex target title translate type value width decoding inputmode autocapitalize viewbox media sizes srcset`.split(
    /\s+/,
  ),
)
const ADDRESSES = new Set('href src action poster formaction data cite'.split(' '))
const SCHEMES = /^(?:https?|gemini|xmpp|magnet|ipfs|ipns|dat|dweb|ssb|gopher|mailto):/i
/** What the app's own frame brings on. */
const OWN_SCRIPT = /^\/assets\/[\w.-]+\.js$/

const names = [...POST].join('|')
const ATTRIBUTE = ' (?:class|href|lang|rel|target|translate|value|start|reversed)="[^"<>]*"'
/** No `<` but that of an element of posts, written out: no parser can read it otherwise. */
const NARROW = new RegExp(`^(?:[^<>]|<(?:${names})(?:${ATTRIBUTE})*(?: /)?>|</(?:${names})>)*$`)
/** Feeds add pictures and a line below a warning (`platform/syndication`), oEmbed is one frame of ours. */
const FEED_PARTS = /<hr>|<img src="https?:[^"<>]*" alt="[^"<>]*"(?: \/)?>/g
const FRAME = /^<iframe src="http:\/\/localhost:\d+\/@ines\/\d+\/embed"(?: [a-z]+="[^"<>]*")*><\/iframe>$/
const HREF = / href="([^"]*)"/g

/** HTML of a post, a bio or a field, as clients put it into their pages. */
export function faultsOfHtml(html: string): string[] {
  if (!NARROW.test(html)) return [`markup beyond that of posts: ${html}`]
  const addresses = [...html.matchAll(HREF)].map(([, href = '']) => href.replaceAll('&amp;', '&'))
  return addresses.filter((href) => !isHarmless(href)).map((href) => `address ${href}`)
}

/** A relative address, or one of a scheme that runs nothing. Browsers leave out what stands before and within a scheme. */
function isHarmless(address: string): boolean {
  // oxlint-disable-next-line no-control-regex -- browsers leave them out
  const read = address.replaceAll(/[\u0000-\u0020\u007F-\u00A0]/g, '')
  return SCHEMES.test(read) || (/^[/#?]/.test(read) && !/^[/\\]{2}/.test(read)) || !/^[^/?#]*:/.test(read)
}

/** A whole page: nothing but our own elements; scripts are our own files, or data that is JSON. */
export function faultsOfPage(html: string): string[] {
  const faults: string[] = []
  let data: string | undefined
  const parser = new Parser({
    onopentag: (name, attributes) => {
      if (name === 'script') {
        if (attributes.type === 'application/ld+json') data = ''
        else if (!OWN_SCRIPT.test(attributes.src ?? '')) faults.push('a script that is not ours')
      } else if (!PAGE.has(name)) faults.push(`<${name}>`)
      for (const [key, value] of Object.entries(attributes)) faults.push(...faultsOfAttribute(name, key, value))
    },
    ontext: (text) => {
      if (data !== undefined) data += text
    },
    onclosetag: (name) => {
      if (name !== 'script' || data === undefined) return
      if (!isJson(data)) faults.push(`structured data that is no JSON: ${data}`)
      data = undefined
    },
  })
  parser.end(html)
  if ((html.match(/<\/html>/g) ?? []).length !== 1) faults.push('the document ends more than once')
  return faults
}

function faultsOfAttribute(element: string, name: string, value: string): string[] {
  if (name === 'http-equiv' || name === 'srcdoc' || name === 'style' || name.startsWith('on'))
    return [`${name} on <${element}>`]
  if (!PAGE_ATTRIBUTES.has(name) && !/^(?:aria|data)-[a-z-]+$/.test(name)) return [`${name} on <${element}>`]
  return ADDRESSES.has(name) && !isHarmless(value) ? [`${name}="${value}"`] : []
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const FEED = new Set(
  `rss channel title link description language lastbuilddate generator image url item guid pubdate category enclosure
  author feed id updated published entry content summary name uri icon logo subtitle rights ttl docs managingeditor
  atom:link content:encoded dc:creator media:content media:description media:rating media:title media:thumbnail
  webfeeds:icon source`.split(/\s+/),
)

/** An RSS or Atom feed: known elements, and in them the markup of posts. */
export function faultsOfFeed(xml: string): string[] {
  const faults: string[] = []
  const open: string[] = []
  let text = ''
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        if (!FEED.has(name.toLowerCase())) faults.push(`<${name}> in a feed`)
        for (const key of ['href', 'url', 'src'])
          if (attributes[key] && !isHarmless(attributes[key])) faults.push(`${key}="${attributes[key]}"`)
        open.push(name)
        text = ''
      },
      ontext: (more) => (text += more),
      onclosetag: (name) => {
        if (open.pop() !== name) faults.push(`</${name}> closes nothing`)
        if (/^(?:description|content|content:encoded)$/.test(name) && open.at(-1) !== 'channel')
          faults.push(...faultsOfHtml(text.replaceAll(FEED_PARTS, '')))
        if (/^(?:link|url|uri|id)$/.test(name) && text !== '' && !isHarmless(text)) faults.push(`${name}: ${text}`)
        text = ''
      },
    },
    { xmlMode: true },
  )
  parser.end(xml)
  return faults
}

/** Members of API entities that are HTML; the rest is text, which clients draw as text. */
const HTML_MEMBERS = /^(?:content|value|html|note)$/
/** The name of this server, and what an app without an address has (RFC 8252). */
const OWN = /^localhost:\d+$|^urn:ietf:wg:oauth:2\.0:oob$/
const ADDRESS_MEMBERS = /(?:^|_)(?:url|uri|href|avatar|header|static|website|home_page|icon)$/
/** There the members are what somebody wrote, for a form; `note` of a relationship is such too. */
const SOURCES = new Set(['source', 'params'])
const isWritten = (name: string, value: object) => SOURCES.has(name) || 'followed_by' in value

/** JSON for clients: HTML only where the API has HTML, and only that of posts; addresses that run nothing. */
export function faultsOfJson(value: unknown, name = '', isSource = false): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => faultsOfJson(one, name, isSource))
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([key, one]) => faultsOfJson(one, key, isSource || isWritten(name, value)))
  if (typeof value !== 'string' || isSource) return []
  if (name === 'content_html') return faultsOfHtml(value.replaceAll(FEED_PARTS, ''))
  if (name === 'html' && FRAME.test(value)) return []
  if (HTML_MEMBERS.test(name)) return faultsOfHtml(value)
  if (ADDRESS_MEMBERS.test(name) && value !== '' && !OWN.test(value) && !isHarmless(value)) return [`${name}: ${value}`]
  return []
}
