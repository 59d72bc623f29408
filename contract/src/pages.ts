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
export type PublicPageModel =
  | { kind: 'front'; site: Site; statuses: Status[] }
  | { kind: 'tag'; site: Site; name: string; statuses: Status[]; olderUrl: string | null }
  | { kind: 'profile'; site: Site; account: Account; statuses: Status[]; olderUrl: string | null }
  | { kind: 'status'; site: Site; status: Status; ancestors: Status[]; descendants: Status[] }
  | { kind: 'embed'; site: Site; status: Status }
  | { kind: 'about'; site: Site; rules: RuleText[]; contact: string; texts: AboutTexts }
  | { kind: 'refusal'; site: Site; status: number; title: string; text: string }

/** What a team says at length, as HTML; empty where it says nothing. */
export type AboutTexts = Record<'about' | 'privacy' | 'terms', string>

/** What is wrong with a form, by field; `form` is about all of it. */
export type FieldErrors = Record<string, string>
/** A form that did not pass keeps what was written, and is answered with 422. */
export type FormState = { values: Record<string, string>; errors: FieldErrors; status?: number }
export type RuleText = { id: string; text: string; hint: string }

/** A page with a form, or for one person: never cached, works without scripts. */
export type PersonalPageModel =
  | ({ kind: 'sign-in'; site: Site; next: string } & FormState)
  | ({ kind: 'sign-up'; site: Site; needsApproval: boolean; rules: RuleText[] } & FormState)
  | ({ kind: 'password-ask'; site: Site } & FormState)
  | ({ kind: 'password-new'; site: Site; key: string } & FormState)
  | { kind: 'confirm'; site: Site; key: string }
  | ({ kind: 'interact'; site: Site; uri: string } & FormState)
  | {
      kind: 'notice'
      site: Site
      title: string
      text: string
      action?: { href: string; label: string }
      status?: number
    }
  | {
      kind: 'consent'
      site: Site
      application: { name: string; website: string | null }
      account: { acct: string; displayName: string; avatar: string }
      permissions: string[]
      /** Sent back as they came. */
      request: Record<string, string>
      leadsTo: string
    }
  | ({ kind: 'appeal'; site: Site; key: string; action: string; words: string } & FormState)
  | { kind: 'code'; site: Site; code: string; application: string }
  | ({
      kind: 'set-up'
      site: Site
      step: SetUpStep
      /** The steps of this server, in order. */
      steps: SetUpStep[]
      checks: SetUpCheck[]
      rules: RuleText[]
      /** Where the server is going, once it has been renamed. */
      move?: SetUpMove
    } & FormState)
  /** The signed-in web app: its script draws everything. */
  | { kind: 'app'; site: Site; title: string }

export type SetUpStep = 'welcome' | 'account' | 'look' | 'join' | 'rules' | 'village' | 'address' | 'done'
export type SetUpCheck = { name: string; text: string; state: 'fine' | 'warn' | 'bad'; fix?: string }

export type SetUpMove = {
  domain: string
  url: string
  /** Where a proxy finds the server. */
  listensAt: string
  /** True when other processes may serve the same database, which must hear of it too. */
  isShared: boolean
}

export type PageModel = PublicPageModel | PersonalPageModel

/** What a page loads: the style of all, the style of pages that the server draws, the script of those pages and of the app. */
export type PageAssets = { css: string; publicCss: string; script: string; app: string; sprite: string }

/** What `web/src/ssr.tsx` exports as `renderPage`: the whole document, from `<!doctype html>` on. */
export type RenderPage = (model: PageModel, assets: PageAssets) => string

/** What `web/src/ssr.tsx` exports as `say`: words of a key outside of pages, in a language. */
export type Say = (language: string, key: string, values?: Record<string, string | number>) => Promise<string>
