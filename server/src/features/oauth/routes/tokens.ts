import { Type } from 'typebox'
import { findAccount } from '#features/accounts'
import { presentAccount } from '#features/profiles'
import { signUp } from '#features/users'
import { notFound, Refusal } from '#lib/refusal'
import { transact, type Context } from '#platform/context'
import { anyone, app, route, user, type Answer } from '#platform/http'
import { scopes } from '@hamlet/contract/scopes'
import { findApplicationByClientId, requireScopesOf, secretFits } from '../applications.ts'
import { createToken } from '../create-token.ts'
import { redeemGrant } from '../grants.ts'
import { OAuthError } from '../oauth-error.ts'
import { revokeByApplication } from '../revoke.ts'

const Token = Type.Object({
  access_token: Type.String(),
  token_type: Type.String(),
  scope: Type.String(),
  created_at: Type.Integer(),
})
const text = Type.Optional(Type.String())
type Headers = Record<string, string | string[] | undefined>
type Credentials = { client_id?: string; client_secret?: string }

/** The app behind a request, by HTTP Basic or by the body (RFC 6749, 2.3.1). */
async function requireClient(ctx: Context, headers: Headers, body: Credentials) {
  const basic = /^Basic +(\S+)$/i.exec(String(headers.authorization ?? ''))?.[1]
  const [id = '', secret = ''] = basic
    ? Buffer.from(basic, 'base64').toString().split(':').map(decodeURIComponent)
    : [body.client_id, body.client_secret]
  const found = await findApplicationByClientId(ctx, id)
  if (!found || !secretFits(found, secret)) throw new OAuthError('invalid_client')
  return found
}

/** Errors of these endpoints have a form of their own (RFC 6749, 5.2). */
async function answering<T>(answer: Answer, work: () => Promise<T>): Promise<T | { error: string }> {
  try {
    return await work()
  } catch (error) {
    const problem = error instanceof URIError ? new OAuthError('invalid_client') : error
    if (!(problem instanceof OAuthError)) throw error
    answer.status(problem.status)
    return presentError(problem)
  }
}

function presentError(problem: OAuthError): { error: string; error_description: string } {
  return { error: problem.code, error_description: problem.message }
}

const tokenRoute = route({
  method: 'POST',
  path: '/oauth/token',
  summary: 'Change a code, or the app itself, into a token',
  access: anyone,
  body: Type.Object({
    grant_type: text,
    code: text,
    redirect_uri: text,
    code_verifier: text,
    scope: text,
    client_id: text,
    client_secret: text,
  }),
  response: Token,
  limit: { family: 'oauth-token', max: 300, windowMs: 5 * 60_000 },
  handle: ({ ctx, body, headers, answer }) =>
    answering(answer, async () => {
      const client = await requireClient(ctx, headers, body)
      if (body.grant_type === 'client_credentials') {
        const granted = requireScopesOf(client, body.scope ?? 'read')
        const made = await transact(ctx, (tx) =>
          createToken(tx, { applicationId: client.id, userId: null, accountId: null, scopes: granted.join(' ') }),
        )
        return presentToken(made)
      }
      if (body.grant_type !== 'authorization_code') throw new OAuthError('unsupported_grant_type')
      if (!body.code || !body.redirect_uri) throw new OAuthError('invalid_request')
      const { code, redirect_uri: redirectUri, code_verifier: verifier } = body
      const made = await transact(ctx, (tx) =>
        redeemGrant(tx, { applicationId: client.id, code, redirectUri, verifier }),
      )
      if (made instanceof OAuthError) throw made
      return presentToken(made)
    }),
})

function presentToken(token: { access_token: string; scope: string; created_at: number }) {
  const { access_token, scope, created_at } = token
  return { access_token, token_type: 'Bearer', scope, created_at }
}

const revokeRoute = route({
  method: 'POST',
  path: '/oauth/revoke',
  summary: 'End a token',
  access: anyone,
  body: Type.Object({ token: text, client_id: text, client_secret: text }),
  response: Type.Object({}),
  handle: ({ ctx, body, headers, answer }) =>
    answering(answer, async () => {
      const client = await requireClient(ctx, headers, body)
      await transact(ctx, (tx) => revokeByApplication(tx, client.id, body.token ?? ''))
      return {}
    }),
})

const metadataRoute = route({
  method: 'GET',
  path: '/.well-known/oauth-authorization-server',
  summary: 'Describe the authorisation server (RFC 8414)',
  access: anyone,
  response: Type.Object({ issuer: Type.String() }),
  handle: async ({ ctx: { config } }) => ({
    issuer: `${config.url}/`,
    service_documentation: 'https://docs.joinmastodon.org/',
    authorization_endpoint: `${config.url}/oauth/authorize`,
    token_endpoint: `${config.url}/oauth/token`,
    userinfo_endpoint: `${config.url}/oauth/userinfo`,
    revocation_endpoint: `${config.url}/oauth/revoke`,
    app_registration_endpoint: `${config.url}/api/v1/apps`,
    scopes_supported: scopes,
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  }),
})

const userinfoRoute = route({
  method: 'GET',
  path: '/oauth/userinfo',
  summary: 'Say who signed in',
  access: user('profile'),
  response: Type.Object({ iss: Type.String(), sub: Type.String() }),
  handle: async ({ ctx, viewer }) => {
    const row = await findAccount(ctx, viewer.accountId)
    if (!row) throw notFound()
    const account = await presentAccount(ctx, viewer.accountId)
    return {
      iss: ctx.config.url,
      sub: row.uri,
      name: account.display_name,
      preferred_username: account.username,
      profile: account.url,
      picture: account.avatar,
    }
  },
})

const signUpRoute = route({
  method: 'POST',
  path: '/api/v1/accounts',
  summary: 'Sign a person up; they must still confirm their address',
  access: app('write:accounts'),
  body: Type.Object({
    username: Type.String(),
    email: Type.String(),
    password: Type.String(),
    agreement: Type.Boolean(),
    locale: Type.Optional(Type.String()),
    reason: Type.Optional(Type.String()),
    date_of_birth: Type.Optional(Type.String({ maxLength: 100 })),
    invite_code: Type.Optional(Type.String({ maxLength: 100 })),
  }),
  response: Token,
  limit: { family: 'sign-up', max: 5, windowMs: 30 * 60_000 },
  handle: async ({ ctx, viewer, body, ip }) => {
    if (viewer.userId !== null || viewer.applicationId === null)
      throw new Refusal('forbidden', 'This method requires an client credentials authentication')
    const { applicationId } = viewer
    const { date_of_birth: dateOfBirth, invite_code: inviteCode, ...fields } = body
    const made = await signUp(ctx, { ...fields, dateOfBirth, inviteCode, applicationId, ip })
    // The token of an address that is known here already opens nothing, and looks like any other.
    const owner = { userId: made?.userId ?? null, accountId: made?.accountId ?? null }
    const granted = viewer.scopes.join(' ')
    const token = await transact(ctx, (tx) => createToken(tx, { applicationId, scopes: granted, ...owner }))
    return presentToken(token)
  },
})

export const tokenRoutes = [tokenRoute, revokeRoute, metadataRoute, userinfoRoute, signUpRoute]
