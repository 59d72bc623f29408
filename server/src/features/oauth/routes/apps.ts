import { Application, CredentialApplication } from '@hamlet/contract/application'
import { Type } from 'typebox'
import { notFound } from '#lib/refusal'
import { anyone, anyToken, route } from '#platform/http'
import { createApplication, findApplication } from '../applications.ts'
import { presentApplication, presentCredentialApplication } from '../present.ts'

export const routes = [
  route({
    method: 'POST',
    path: '/api/v1/apps',
    summary: 'Register an app',
    access: anyone,
    body: Type.Object({
      client_name: Type.String(),
      redirect_uris: Type.Union([Type.Array(Type.String()), Type.String()]),
      scopes: Type.Optional(Type.String()),
      website: Type.Optional(Type.String({ maxLength: 2000 })),
    }),
    response: CredentialApplication,
    limit: { family: 'apps', max: 5, windowMs: 10 * 60_000 },
    handle: async ({ ctx, body }) => {
      const redirectUris = [body.redirect_uris].flat().flatMap((uri) => uri.split('\n'))
      const app = await createApplication(ctx, {
        name: body.client_name,
        redirectUris,
        scopes: body.scopes ?? 'read',
        website: body.website ?? '',
      })
      return presentCredentialApplication(ctx, app)
    },
  }),
  route({
    method: 'GET',
    path: '/api/v1/apps/verify_credentials',
    summary: 'Show the app behind a token',
    access: anyToken,
    response: Application,
    handle: async ({ ctx, viewer }) => {
      const app = await findApplication(ctx, viewer.applicationId ?? '0')
      if (!app) throw notFound()
      return presentApplication(ctx, app)
    },
  }),
]
