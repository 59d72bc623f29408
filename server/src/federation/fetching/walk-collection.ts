import { sameOrigin } from '#lib/host'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import type { Signer } from '../ports.ts'
import { idOf, isJson, listOf, typeOf, type Json } from '../reading/json.ts'
import { getDocument } from './fetch-document.ts'

const COLLECTIONS = new Set(['Collection', 'OrderedCollection', 'CollectionPage', 'OrderedCollectionPage'])
const MOST_ON_A_PAGE = 500

export type Walk = {
  /** Pages are read on the server of this address alone. */
  origin: string
  /** Ids after this many are left out. */
  most: number
  /** Counted down with every page that is fetched; shared by the walks of one errand. */
  budget: { pages: number }
  signer?: Signer
}
export type Walked = {
  /** Hints: whoever uses them fetches each by its id (federation.md b.7). */
  ids: string[]
  /** False when a page did not come, or there was more than was allowed. */
  isWhole: boolean
  /** What kept the rest away. */
  failure: Refusal | undefined
}

/** What a collection holds, page by page: given by its address, or carried in a document with its first page. */
export async function walkCollection(ctx: Context, from: unknown, walk: Walk): Promise<Walked> {
  const ids = new Set<string>()
  const seen = new Set<string>()
  let next: unknown = from
  while (next !== undefined) {
    let page: Json | undefined
    try {
      page = await turnPage(ctx, next, { ...walk, seen })
    } catch (failure) {
      if (!(failure instanceof Refusal)) throw failure
      return { ids: [...ids], isWhole: false, failure }
    }
    if (!page) return { ids: [...ids], isWhole: false, failure: undefined }
    for (const item of listOf(page.orderedItems ?? page.items, MOST_ON_A_PAGE)) {
      const id = idOf(item)
      if (id && ids.size < walk.most) ids.add(id)
    }
    next = ids.size < walk.most ? (page.first ?? page.next) : undefined
    if (ids.size >= walk.most) return { ids: [...ids], isWhole: false, failure: undefined }
  }
  return { ids: [...ids], isWhole: true, failure: undefined }
}

/** A page that came along or is fetched; undefined where there is no reading on: a circle, another server, no pages left. */
async function turnPage(ctx: Context, at: unknown, walk: Walk & { seen: Set<string> }): Promise<Json | undefined> {
  if (isJson(at)) return COLLECTIONS.has(typeOf(at, COLLECTIONS)) ? at : undefined
  const url = idOf(at)
  if (!url || !sameOrigin(url, walk.origin) || walk.seen.has(url) || walk.budget.pages <= 0) return undefined
  walk.seen.add(url)
  walk.budget.pages -= 1
  const { document, url: finalUrl } = await getDocument(ctx, url, walk.signer)
  if (!sameOrigin(finalUrl, walk.origin)) return undefined
  return COLLECTIONS.has(typeOf(document, COLLECTIONS)) ? document : undefined
}
