import type { Application, CredentialApplication } from '@hamlet/contract/application'
import type { Context } from '#platform/context'
import type { ApplicationRow } from './applications.ts'

type Public = Pick<ApplicationRow, 'id' | 'name' | 'website' | 'redirect_uris' | 'scopes'>

export function presentApplication(ctx: Context, row: Public): Application {
  return {
    id: row.id,
    name: row.name,
    website: row.website,
    scopes: row.scopes,
    redirect_uris: row.redirect_uris,
    redirect_uri: row.redirect_uris.join('\n'),
    vapid_key: ctx.vapid.publicKey,
  }
}

/** The secret is shown once, to whoever registered. */
export function presentCredentialApplication(ctx: Context, row: ApplicationRow): CredentialApplication {
  return {
    ...presentApplication(ctx, row),
    client_id: row.client_id,
    client_secret: row.client_secret,
    client_secret_expires_at: 0,
  }
}
