import type { BuiltFile } from './compression.ts'
import type { PageModel } from '@hamlet/contract/pages'
import type { Context } from '#platform/context'
import type { RateLimit, UserViewer } from './route.ts'
import type { Jar, OtherSession } from './session.ts'

export type PageCall = { ctx: Context; params: Record<string, string>; query: Record<string, unknown>; target: string }

type WithoutSite<M> = M extends unknown ? Omit<M, 'site'> : never
/** What a loader gives: the page without the server's own particulars, which the renderer adds. */
export type PageContent = WithoutSite<PageModel>

/** A public page: its loader takes no viewer, so nothing personal can be in the answer. */
export type PublicPage = {
  path: string
  load(call: PageCall): Promise<PageContent>
  /** Shown to strangers, too, where only named servers are dealt with: it says nothing of people. */
  isAlwaysOpen?: boolean
  /** Other sites may show it in a frame. */
  isFramed?: boolean
  /** Where a machine finds the document behind this page; undefined when there is none. */
  findDocument?(call: PageCall): Promise<string | undefined>
}

/**
 * Where to go instead; with `session` the browser is signed in as it goes, or out with null, and with `others` it keeps
 * these beside it. What is absent stays as it is.
 */
export type Redirect = {
  redirect: string
  session?: string | null
  others?: readonly OtherSession[]
  /** What the browser carries while somebody is away at another service; null ends it. */
  flow?: string | null
}

/** A page for one person, or one that takes a form. It is never cached. */
export type Visit = PageCall & {
  /** Whoever is signed in; a person whose account does not work now counts as nobody, but where the page `takesClosed`. */
  viewer: UserViewer | undefined
  /** What the browser is signed in with. */
  jar: Jar
  body: Record<string, unknown>
  ip: string
  userAgent: string
  /** What the page will speak, the dearest first. */
  languages: readonly string[]
  /** Runs once the answer has left, or the visitor with it. */
  afterAnswer(run: () => void): void
}
export type PersonalPage = {
  path: string
  method: 'GET' | 'POST'
  limit?: RateLimit
  /** The form may lead to an app's own address, which no policy can name beforehand. */
  leadsAnywhere?: boolean
  /** Also for whoever is signed in and suspended, frozen, unconfirmed or waiting (mastodon-features 8). */
  takesClosed?: true
  /** Other sites and programs may send the form: who is signed in does not count, and what it carries is all. */
  fromAnywhere?: true
  visit(visit: Visit): Promise<PageContent | Redirect>
}

/** A public page or a personal one. */
export type Page = PublicPage | PersonalPage

export type RenderOptions = {
  /** The languages of whoever asked, the dearest first. */
  languages: readonly string[]
  /** The look of their device, as its cookie says it. */
  look: string | undefined
  isPersonal?: boolean
  leadsAnywhere?: boolean
  isFramed?: boolean
}
export type RenderedPage = { status: number; headers: Record<string, string>; body: string }
/** Finished documents and built files, as `platform/pages` makes them. */
export type PageSource = {
  render(ctx: Context, content: PageContent, options: RenderOptions): Promise<RenderedPage>
  findFile(path: string): BuiltFile | undefined
}
