export type OAuthErrorCode =
  | 'access_denied'
  | 'invalid_client'
  | 'invalid_grant'
  | 'invalid_request'
  | 'invalid_scope'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'

const WORDS: Record<OAuthErrorCode, string> = {
  access_denied: 'The resource owner or authorization server denied the request.',
  invalid_client: 'Client authentication failed due to unknown client, or a secret that does not fit.',
  invalid_grant: 'The code is invalid, expired, used, or was given for another app or address.',
  invalid_request: 'A parameter is missing or malformed.',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed.',
  unauthorized_client: 'You are not authorized to revoke this token',
  unsupported_grant_type: 'The authorization grant type is not supported by this server.',
  unsupported_response_type: 'This server answers response_type code only.',
}

/** An answer of the token endpoint, or of a redirect, that says no (RFC 6749, 4.1.2.1 and 5.2). */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode

  constructor(code: OAuthErrorCode) {
    super(WORDS[code])
    this.code = code
  }

  get status(): number {
    if (this.code === 'invalid_client') return 401
    return this.code === 'unauthorized_client' ? 403 : 400
  }
}
