import { Parser } from 'htmlparser2'

/** So many links of a page are looked at, and so long an address. */
const MOST = 2_000
const LONGEST = 2_048
/** Each open element costs a look at those around it, so a page that nests without end is left there. */
const MAX_DEPTH = 512

class Enough extends Error {}

/** Where the `a` and `link` elements of a page lead that say `rel=me`, in its order. Never throws. */
export function findRelMe(html: string): string[] {
  const found: string[] = []
  let depth = 0
  const parser = new Parser({
    onopentag: (name, { href, rel = '' }) => {
      depth += 1
      if (depth > MAX_DEPTH || found.length === MOST) throw new Enough()
      if ((name !== 'a' && name !== 'link') || href === undefined || href.length > LONGEST) return
      if (rel.toLowerCase().split(/\s+/).includes('me')) found.push(href.trim())
    },
    onclosetag: () => {
      depth -= 1
    },
  })
  try {
    parser.write(html.replaceAll('\0', ''))
    parser.end()
  } catch (error) {
    if (!(error instanceof Enough)) throw error
  }
  return found
}

/** The address of a text that is one link, shown as it is; undefined for every other text. */
export function findOnlyLink(html: string): string | undefined {
  const hrefs: (string | undefined)[] = []
  let [inside, around, isWithin] = ['', '', false]
  const parser = new Parser({
    onopentag: (name, { href }) => {
      if (name !== 'a') return
      hrefs.push(href)
      isWithin = true
    },
    ontext: (text) => {
      if (isWithin) inside += text
      else around += text
    },
    onclosetag: (name) => {
      if (name === 'a') isWithin = false
    },
  })
  parser.write(html)
  parser.end()
  const [href] = hrefs
  return hrefs.length === 1 && around.trim() === '' && inside === href ? href : undefined
}
