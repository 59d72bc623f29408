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
  /** What stands in place of our pictures: above the page about the server, and for its sign. */
  cover: { url: string; description: string } | null
  icon: string | null
}

/** One public page, as an anonymous reader may see it: no member depends on who asks. */
export type PublicPageModel =
  | { kind: 'front'; site: Site; statuses: Status[] }
  | { kind: 'tag'; site: Site; name: string; statuses: Status[]; olderUrl: string | null }
  | {
      kind: 'profile'
      site: Site
      account: Account
      tab: ProfileTab
      /** Set where only posts with this hashtag are shown. */
      tagged?: string
      /** Stand before all others; only on the first page of posts. */
      pinned: Status[]
      statuses: Status[]
      olderUrl: string | null
    }
  | { kind: 'status'; site: Site; status: Status; ancestors: Status[]; descendants: Status[] }
  | { kind: 'embed'; site: Site; status: Status }
  | {
      kind: 'about'
      site: Site
      rules: RuleText[]
      contact: string
      /** Whom to turn to. */
      person: Account | null
      texts: AboutTexts
      counts: AboutCounts
      /** The newest that members wrote for everyone, one of each. */
      statuses: Status[]
      /** Whether the team tells what it decides, on a page of its own. */
      hasModerationLog: boolean
    }
  | {
      kind: 'moderation'
      site: Site
      /** The newest first. */
      months: PublicDecisions[]
      /** Empty where the team does not show them to everybody; `reason` is empty where it is not told. */
      servers: { host: string; severity: 'silence' | 'suspend'; reason: string }[]
    }
  /** What the team says at length, alone: `day` is when it was written or counts from; `versions` are such days, the last first. */
  | {
      kind: 'text'
      site: Site
      name: 'privacy' | 'terms'
      html: string
      day: string | null
      versions: string[]
    }
  /** `detail` is the server's own English, for whoever made the request; empty where the status says it all. */
  | { kind: 'refusal'; site: Site; status: number; detail: string }

/**
 * What is wrong with a field: the name of it, which the page says in its reader's language, and the English that stands
 * in for a name without words. `count` is the number that it is about.
 */
export type Fault = { name: string; text: string; count?: number }

/** What a profile shows a stranger: posts, posts with answers, or only what has media. */
export type ProfileTab = 'posts' | 'replies' | 'media'

/** How much goes on here, as every server tells others: who wrote this month, all posts, known servers. */
export type AboutCounts = { activeMonth: number; statuses: number; peers: number }

/** Decisions of one month (`2026-11`) without anybody in them. */
export type PublicDecisions = { month: string; lines: PublicDecision[] }
/** `action` is that of a strike, or `none`; `category` that of the report, empty without one; `undone` of `count` were taken back. */
export type PublicDecision = {
  action: string
  category: string
  rules: string[]
  isAutomated: boolean
  count: number
  undone: number
}

/** What a team says at length, as HTML; empty where it says nothing. */
export type AboutTexts = Record<'about' | 'privacy' | 'terms', string>

/** What is wrong with a form, by field; `form` is about all of it. */
export type FieldErrors = Record<string, Fault>
/** A form that did not pass keeps what was written, and is answered with 422. */
export type FormState = { values: Record<string, string>; errors: FieldErrors; status?: number }
export type RuleText = { id: string; text: string; hint: string }

/** Where to go once signed in, and whether the browser keeps other accounts beside. */
export type SignInWay = { next: string; isAdding: boolean }
/** What an app for codes takes in: typed, or read from the picture (`size` units wide and high). */
export type CodeOffer = { secret: string; address: string; qr: { size: number; path: string } }

/** A page with a form, or for one person: never cached, works without scripts. */
export type PersonalPageModel =
  /** `service` is another one to sign in with; `isServiceOnly`: there is no other way. */
  | ({
      kind: 'sign-in'
      site: Site
      next: string
      isAdding: boolean
      service: string | null
      isServiceOnly: boolean
    } & FormState)
  /** Somebody whom the other service knows and we do not. */
  | ({ kind: 'openid-join'; site: Site; service: string; rules: RuleText[] } & FormState)
  | ({ kind: 'sign-up'; site: Site; rules: RuleText[] } & SignUpForm & FormState)
  /** The first factor was right; the second is a code of an app (`hasTotp`), a recovery code or a passkey (what the browser is asked, in JSON). */
  | ({ kind: 'second-factor'; site: Site; key: string; hasTotp: boolean; passkey: string | null } & SignInWay &
      FormState)
  /** The role asks for a second factor, and there is none yet. */
  | ({ kind: 'factor-set-up'; site: Site; key: string; offer: CodeOffer } & SignInWay & FormState)
  | ({ kind: 'factor-codes'; site: Site; key: string; codes: string[] } & SignInWay)
  | ({ kind: 'password-ask'; site: Site } & FormState)
  | { kind: 'email-undo'; site: Site; key: string }
  /** Before a kind of letter to the team ends for whoever it was written to. */
  | { kind: 'unsubscribe'; site: Site; key: string; letter: string }
  | ({ kind: 'confirm-again'; site: Site } & FormState)
  | ({ kind: 'password-new'; site: Site; key: string } & FormState)
  | { kind: 'confirm'; site: Site; key: string }
  | ({ kind: 'interact'; site: Site; uri: string } & FormState)
  | {
      kind: 'notice'
      site: Site
      notice: NoticeName
      /** What the words are about: an address, a host. */
      values?: Record<string, string>
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
  /** Whoever is signed in while their account does not work: why, what the team wrote, and until when they can appeal. */
  | ({
      kind: 'closed'
      site: Site
      acct: string
      state: 'suspended' | 'frozen' | 'unconfirmed' | 'waiting'
      email: string
      reason: string
      appeal: 'open' | 'sent' | 'none'
      endsAt: string | null
    } & FormState)
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
  /** The signed-in web app: its script draws everything. The title is English, and the page says it in its own language. */
  | { kind: 'app'; site: Site; title: string }

/** What the form to sign up asks for, and what it carries along. */
export type SignUpForm = {
  /** A person reads the request. */
  needsApproval: boolean
  /** Why somebody wants to join: not asked, asked, or needed. */
  reason: 'no' | 'wish' | 'must'
  /** In years; 0 asks for no date. */
  minAge: number
  /** When the form was drawn, signed. */
  stamp: string
  /** How hard the puzzle is that a script solves meanwhile; 0 is none. */
  workBits: number
  /** By whose invitation somebody comes. */
  invite?: { code: string; inviter: string }
}

export type SetUpStep = 'welcome' | 'account' | 'look' | 'join' | 'rules' | 'village' | 'address' | 'done'
export type SetUpCheck = {
  about: 'address' | 'database' | 'folder' | 'mail'
  /** What was found, by a name that the page has words for. */
  finding: SetUpFinding
  values: Record<string, string | number>
  state: 'fine' | 'warn' | 'bad'
  fix?: string
}
export type SetUpFinding =
  | 'addressLoopback'
  | 'addressInsecure'
  | 'addressFine'
  | 'clocksDiffer'
  | 'databaseInFolder'
  | 'databaseElsewhere'
  | 'folderFine'
  | 'folderClosed'
  | 'mailFine'
  | 'mailMissing'

/** What a page without a form tells; its words stand in `web/src/features/users/notices.ts`. */
export type NoticeName =
  | 'serverFull'
  | 'inviteOver'
  | 'confirmationSent'
  | 'linkOver'
  | 'emailTaken'
  | 'unsubscribed'
  | 'emailChanged'
  | 'emailConfirmed'
  | 'awaitingApproval'
  | 'passwordSent'
  | 'passwordChanged'
  | 'appealNowhere'
  | 'appealedAlready'
  | 'appealFiled'
  | 'unknownWay'

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

/** A whole document, from `<!doctype html>` on, and the language that it speaks (BCP 47). */
export type DrawnPage = { html: string; language: string }

/** Whoever reads a page: their languages, the dearest first, and the look of their device as its cookie says it. */
export type PageReader = { languages: readonly string[]; look?: string | undefined }

/** What `web/src/ssr.tsx` exports as `renderPage`. */
export type RenderPage = (model: PageModel, assets: PageAssets, reader: PageReader) => Promise<DrawnPage>

/** What `web/src/ssr.tsx` exports as `say`: words of a key outside of pages, in a language. */
export type Say = (language: string, key: string, values?: Record<string, string | number>) => Promise<string>

/**
 * Pages of the app for whoever is signed in while their account does not work: what they were told, their things, the ways in,
 * and the ways out (mastodon-features 8, reliability AU-18).
 */
export const closedPages: readonly string[] = [
  '/settings',
  '/settings/account',
  '/settings/security',
  '/settings/standing',
  '/settings/data',
  '/settings/moving',
  '/settings/deletion',
]

/** Where they are told what their state is and what they can do. */
export const CLOSED_DOOR = '/access'
