import { Type, type Static } from 'typebox'

const shape = {
  id: Type.String(),
  name: Type.String(),
  website: Type.Union([Type.String(), Type.Null()]),
  scopes: Type.Array(Type.String()),
  redirect_uris: Type.Array(Type.String()),
  /** Kept for old apps: all addresses, one a line. */
  redirect_uri: Type.String(),
  /** Kept for old apps: the same key as in the description of the server. */
  vapid_key: Type.String(),
}

export const Application = Type.Object(shape, { $id: 'Application' })
export type Application = Static<typeof Application>

export const CredentialApplication = Type.Object(
  { ...shape, client_id: Type.String(), client_secret: Type.String(), client_secret_expires_at: Type.Integer() },
  { $id: 'CredentialApplication' },
)
export type CredentialApplication = Static<typeof CredentialApplication>
