import type { Context } from '#platform/context'
import { readMediaType, requireOk } from '#platform/net'
import { Refusal } from '#lib/refusal'
import { decodePage } from './decode-page.ts'
import { describePage, type PageFacts } from './describe-page.ts'
import { addressOf, readOembed, type Oembed } from './read-oembed.ts'
import { scanPage, type PageScan } from './scan-page.ts'

/** What matters of a page stands in its first megabyte. */
const MAX_BYTES = 1024 * 1024
const MAX_OEMBED_BYTES = 64 * 1024
/** For everything of one request together, redirects too. */
const PAGE_MS = 10_000
const OEMBED_MS = 5_000

/** What a page says of itself, and the handle of whom it names as its author on this network. */
export type ReadPage = { facts: PageFacts; creator: string | undefined }

/** Fetches the page behind a link and reads it. Throws the Refusal of a page that cannot be had or is none. */
export async function readLink(ctx: Context, link: string): Promise<ReadPage> {
  const answer = await ctx.net.request(link, {
    method: 'GET',
    accept: 'text/html, application/xhtml+xml',
    allowTypes: ['text/html', 'application/xhtml+xml'],
    maxBytes: MAX_BYTES,
    mayCut: true,
    timeoutMs: PAGE_MS,
  })
  const { body, headers, url } = requireOk(answer)
  const scan = scanPage(decodePage(body, readMediaType(headers['content-type'])?.parameters.get('charset')))
  const facts = describePage(scan, url, await findOembed(ctx, scan, url))
  return { facts, creator: scan.metas.get('fediverse:creator')?.trim().slice(0, 500) }
}

/** Only the page's own server is asked how the page is to be shown; when it says nothing of use, the page itself does. */
async function findOembed(ctx: Context, scan: PageScan, pageUrl: string): Promise<Oembed | undefined> {
  const endpoint = addressOf(scan.oembed, pageUrl)
  if (endpoint === undefined || new URL(endpoint).origin !== new URL(pageUrl).origin) return undefined
  try {
    const answer = await ctx.net.request(endpoint, {
      method: 'GET',
      accept: 'application/json',
      allowTypes: ['application/json', 'text/javascript', 'application/json+oembed'],
      maxBytes: MAX_OEMBED_BYTES,
      timeoutMs: OEMBED_MS,
    })
    return readOembed(requireOk(answer).body, pageUrl)
  } catch (error) {
    if (error instanceof Refusal) return undefined
    throw error
  }
}
