import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { requireOk } from '#platform/net'
import { judgeFetched } from '../authority.ts'
import type { Signer } from '../ports.ts'
import { idOf, parseDocument, type Json } from '../reading/json.ts'
import { readAttribution } from '../reading/read-note.ts'
import { signRequest } from '../signatures/index.ts'

export const ACTIVITY_JSON = 'application/activity+json'
const LD_JSON = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
const MAX_BYTES = 1024 * 1024

/**
 * Fetches a document from the address that is its id. What comes from another address, or is of another kind, is
 * refused: anybody can upload JSON somewhere (federation.md h.1, federation-security.md 1.5).
 */
export async function fetchDocument(ctx: Context, url: string, signer?: Signer): Promise<Json> {
  const once = await getDocument(ctx, url, signer)
  const id = idOf(once.document.id)
  // A document may say that it lives elsewhere on its own server: there it is asked once more.
  const isElsewhere = id !== undefined && id !== once.url && new URL(id).origin === new URL(once.url).origin
  const { document, url: finalUrl } = isElsewhere ? await getDocument(ctx, id, signer) : once
  const author = document.attributedTo === undefined ? document.id : document.attributedTo
  const verdict = judgeFetched({ id: idOf(document.id), attributedTo: readAttribution(author) }, finalUrl)
  if (verdict !== 'allow') throw new Refusal('invalid', 'The document is not what its address says')
  return document
}

/** Whatever JSON stands at an address, with where it came from in the end; nobody has judged yet whether it may say what it says. */
export async function getDocument(
  ctx: Context,
  url: string,
  signer: Signer | undefined,
): Promise<{ document: Json; url: string }> {
  const response = await ctx.net.request(url, {
    method: 'GET',
    accept: `${ACTIVITY_JSON}, ${LD_JSON}`,
    maxBytes: MAX_BYTES,
    allowTypes: [ACTIVITY_JSON, LD_JSON],
    ...(signer ? { signRequest: (request) => signGet(ctx, request, signer) } : {}),
  })
  requireOk(response)
  return { document: parseDocument(response.body), url: response.url }
}

async function signGet(ctx: Context, request: { method: string; url: string }, signer: Signer) {
  return { ...(await signRequest({ ...request, ...signer, date: ctx.clock.now() })) }
}
