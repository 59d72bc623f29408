import type { PageModel } from '@hamlet/contract/pages'
import type { Context } from '#platform/context'

export type PageCall = { ctx: Context; params: Record<string, string>; query: Record<string, unknown>; target: string }

type WithoutSite<M> = M extends unknown ? Omit<M, 'site'> : never
/** What a loader gives: the page without the server's own particulars, which the renderer adds. */
export type PageContent = WithoutSite<PageModel>

/** A public page: its loader takes no viewer, so nothing personal can be in the answer. */
export type Page = { path: string; load(call: PageCall): Promise<PageContent> }

export type RenderedPage = { status: number; headers: Record<string, string>; body: string }
/** Finished documents and built files, as `platform/pages` makes them. */
export type PageSource = {
  render(ctx: Context, content: PageContent): Promise<RenderedPage>
  findFile(path: string): { headers: Record<string, string>; body: Buffer } | undefined
}
