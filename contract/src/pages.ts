import type { Account } from './account.ts'
import type { Status } from './status.ts'

/** What every public page knows of the server that serves it. */
export type Site = {
  title: string
  domain: string
  /** Public base address without a trailing slash. */
  url: string
  description: string
  registrationsOpen: boolean
  memberCount: number
}

/** One public page, as an anonymous reader may see it: no member depends on who asks. */
export type PageModel =
  | { kind: 'front'; site: Site; statuses: Status[] }
  | { kind: 'tag'; site: Site; name: string; statuses: Status[]; olderUrl: string | null }
  | { kind: 'profile'; site: Site; account: Account; statuses: Status[]; olderUrl: string | null }
  | { kind: 'status'; site: Site; status: Status; ancestors: Status[]; descendants: Status[] }
  | { kind: 'refusal'; site: Site; status: number; title: string; text: string }

/** Addresses of the built files that a page links. */
export type PageAssets = { css: string[]; script: string | null; sprite: string }

/** What `web/src/ssr.tsx` exports as `renderPage`: the whole document, from `<!doctype html>` on. */
export type RenderPage = (model: PageModel, assets: PageAssets) => string
