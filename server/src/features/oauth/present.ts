import type { Application, CredentialApplication } from '@hamlet/contract/application'
import type { ApplicationRow } from './applications.ts'

type Public = Pick<ApplicationRow, 'id' | 'name' | 'website' | 'redirect_uris' | 'scopes'>

export function presentApplication(row: Public): Application {
  return {
    id: row.id,
    name: row.name,
    website: row.website,
    scopes: row.scopes,
    redirect_uris: row.redirect_uris,
    redirect_uri: row.redirect_uris.join('\n'),
  }
}

/** The secret is shown once, to whoever registered. */
export function presentCredentialApplication(row: ApplicationRow): CredentialApplication {
  return {
    ...presentApplication(row),
    client_id: row.client_id,
    client_secret: row.client_secret,
    client_secret_expires_at: 0,
  }
}
