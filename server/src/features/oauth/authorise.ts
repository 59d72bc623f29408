import { readScopes } from '@hamlet/contract/scopes'
import { presentAccount } from '#features/profiles'
import { isTeamRole } from '#features/roles'
import { findUser } from '#features/users'
import { Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import type { Page, PageContent, Redirect, UserViewer, Visit } from '#platform/http'
import { findApplicationByClientId } from './applications.ts'
import { createGrant } from './grants.ts'
import { OAuthError } from './oauth-error.ts'

/** Shows the code on a page, for apps that cannot be led back to (mastodon-api 1.1). */
export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob'

type Application = NonNullable<Awaited<ReturnType<typeof findApplicationByClientId>>>
type Ask = {
  application: Application
  redirectUri: string
  scopes: string[]
  state: string | undefined
  codeChallenge: string | undefined
  /** The parameters that the consent form sends back. */
  request: Record<string, string>
}

const PARAMETERS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
]

function text(input: Record<string, unknown>, name: string): string | undefined {
  const value = input[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/**
 * Reads what an app asks. While app and address are not known to be right nobody is led anywhere (reliability OA-01,
 * OA-16); from then on what is wrong is told to the app at its address.
 */
async function readAsk(ctx: Context, input: Record<string, unknown>): Promise<Ask | Redirect> {
  const application = await findApplicationByClientId(ctx, text(input, 'client_id') ?? '')
  if (!application) throw new Refusal('badRequest', 'This app is not known here. It has to register first.')
  const redirectUri = text(input, 'redirect_uri') ?? ''
  if (!application.redirect_uris.includes(redirectUri))
    throw new Refusal('badRequest', 'The app asks to be led to an address that it did not register.')
  const state = text(input, 'state')
  const refuse = (code: ConstructorParameters<typeof OAuthError>[0]) =>
    leadBack({ redirectUri, state }, { error: code })
  if (text(input, 'response_type') !== 'code') return refuse('unsupported_response_type')
  const scopes = readScopes(text(input, 'scope') ?? 'read')
  if (!scopes || !scopes.every((scope) => isWithin(scope, application.scopes))) return refuse('invalid_scope')
  const codeChallenge = text(input, 'code_challenge')
  const method = text(input, 'code_challenge_method')
  if (codeChallenge !== undefined && (method !== 'S256' || !/^[A-Za-z0-9_-]{43}$/.test(codeChallenge)))
    return refuse('invalid_request')
  const request = Object.fromEntries(PARAMETERS.map((name) => [name, text(input, name)]).filter(([, value]) => value))
  return { application, redirectUri, scopes, state, codeChallenge, request: request as Record<string, string> }
}

/** `read:accounts` lies within `read`. */
function isWithin(scope: string, granted: readonly string[]): boolean {
  return granted.includes(scope) || granted.includes(scope.slice(0, scope.lastIndexOf(':')))
}

function leadBack(
  { redirectUri, state }: Pick<Ask, 'redirectUri' | 'state'>,
  answer: Record<string, string>,
): Redirect {
  if (redirectUri === OUT_OF_BAND) {
    if (answer.error) throw new Refusal('badRequest', new OAuthError(answer.error as 'access_denied').message)
    return { redirect: `/oauth/authorize/native?code=${answer.code}` }
  }
  const query = new URLSearchParams({ ...answer, ...(state === undefined ? {} : { state }) })
  return { redirect: `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${query.toString()}` }
}

/** Team scopes are for the team: an app of somebody else never holds them (reliability OA-11). */
async function requireOwnScopes(ctx: Context, viewer: UserViewer, ask: Ask): Promise<Redirect | undefined> {
  if (!ask.scopes.some((scope) => scope.startsWith('admin:'))) return undefined
  const person = await findUser(ctx, viewer.userId)
  return person && !isTeamRole(person.permissions) ? leadBack(ask, { error: 'invalid_scope' }) : undefined
}

const authorisePage: Page = {
  path: '/oauth/authorize',
  method: 'GET',
  leadsAnywhere: true,
  visit: async ({ ctx, viewer, query, target }) => {
    const ask = await readAsk(ctx, query)
    if ('redirect' in ask) return ask
    const mustSignIn = !viewer || ['true', '1'].includes(text(query, 'force_login') ?? '')
    if (mustSignIn) {
      const back = target.replaceAll(/([?&])force_login=[^&]*/g, '$1')
      return { redirect: `/sign-in?next=${encodeURIComponent(back)}`, ...(viewer ? { session: null } : {}) }
    }
    return (await requireOwnScopes(ctx, viewer, ask)) ?? consent(ctx, viewer, ask)
  },
}

async function consent(ctx: Context, viewer: UserViewer, ask: Ask): Promise<PageContent> {
  const account = await presentAccount(ctx, viewer.accountId)
  return {
    kind: 'consent',
    application: { name: ask.application.name, website: ask.application.website },
    account: { acct: account.acct, displayName: account.display_name || account.username, avatar: account.avatar },
    permissions: ask.scopes,
    request: ask.request,
    leadsTo: ask.redirectUri === OUT_OF_BAND ? '' : new URL(ask.redirectUri).host || new URL(ask.redirectUri).protocol,
  }
}

const authoriseForm: Page = {
  path: '/oauth/authorize',
  method: 'POST',
  leadsAnywhere: true,
  visit: async ({ ctx, viewer, body }: Visit) => {
    const ask = await readAsk(ctx, body)
    if ('redirect' in ask) return ask
    if (!viewer)
      return {
        redirect: `/sign-in?next=${encodeURIComponent(`/oauth/authorize?${new URLSearchParams(ask.request).toString()}`)}`,
      }
    if (text(body, 'answer') !== 'allow') return leadBack(ask, { error: 'access_denied' })
    const refused = await requireOwnScopes(ctx, viewer, ask)
    if (refused) return refused
    const code = await transact(ctx, (tx) =>
      createGrant(tx, {
        applicationId: ask.application.id,
        userId: viewer.userId,
        accountId: viewer.accountId,
        redirectUri: ask.redirectUri,
        scopes: ask.scopes,
        codeChallenge: ask.codeChallenge,
      }),
    )
    return leadBack(ask, { code })
  },
}

const nativePage: Page = {
  path: '/oauth/authorize/native',
  method: 'GET',
  visit: async ({ query }) => ({ kind: 'code', code: text(query, 'code') ?? '', application: '' }),
}

export const pages: Page[] = [authorisePage, authoriseForm, nativePage]
