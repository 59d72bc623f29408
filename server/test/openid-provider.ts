import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Whom the provider says it is, and in what it lies. */
export type Says = {
  sub?: string
  email?: string
  email_verified?: boolean
  preferred_username?: string
  nonce?: string
  aud?: string
  iss?: string
  exp?: number
  isSignedByOther?: true
}

export type Provider = AsyncDisposable & {
  issuer: string
  /** Agrees for somebody: gives the address that the browser is led back to. */
  agree(authorizationUrl: string, says?: Says): string
}

const keys = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

/** As much of an OpenID provider as signing in needs: discovery, keys, and a token endpoint that checks code and PKCE. */
export async function startProvider(client = { id: 'hamlet', secret: 'sesame' }): Promise<Provider> {
  const [{ privateKey, publicKey }, other] = [keys(), keys()]
  const codes = new Map<string, { challenge: string; redirectUri: string; claims: object; says: Says }>()
  let issuer = ''
  const sign = (claims: object, says: Says) => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const text = `${part({ alg: 'RS256', kid: '1' })}.${part(claims)}`
    const signature = createSign('sha256')
      .update(text)
      .sign(says.isSignedByOther ? other.privateKey : privateKey)
    return `${text}.${signature.toString('base64url')}`
  }
  const redeem = (form: URLSearchParams, authorization: string) => {
    const found = codes.get(form.get('code') ?? '')
    codes.delete(form.get('code') ?? '')
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64')
    const isClient = authorization === `Basic ${basic}` || form.get('client_secret') === client.secret
    if (!found || !isClient || found.challenge !== challenge || found.redirectUri !== form.get('redirect_uri'))
      return undefined
    return { access_token: 'x', token_type: 'Bearer', id_token: sign(found.claims, found.says) }
  }
  const server = createServer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      if (request.url === '/.well-known/openid-configuration')
        answer(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        })
      else if (request.url === '/keys')
        answer(200, { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: '1', use: 'sig', alg: 'RS256' }] })
      else {
        const token = redeem(new URLSearchParams(body), request.headers.authorization ?? '')
        answer(token ? 200 : 400, token ?? { error: 'invalid_grant' })
      }
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    issuer,
    agree: (authorizationUrl, says = {}) => {
      const asked = new URL(authorizationUrl).searchParams
      const now = Math.floor(Date.now() / 1000)
      const { isSignedByOther: _, ...lies } = says
      const usual = { iss: issuer, aud: client.id, sub: 'sub-1', iat: now, exp: now + 300 }
      const claims = { ...usual, nonce: asked.get('nonce'), ...lies }
      const code = randomBytes(12).toString('hex')
      const redirectUri = asked.get('redirect_uri') ?? ''
      codes.set(code, { challenge: asked.get('code_challenge') ?? '', redirectUri, claims, says })
      return `${redirectUri}?${new URLSearchParams({ code, state: asked.get('state') ?? '' }).toString()}`
    },
    [Symbol.asyncDispose]: async () => {
      await new Promise((done) => server.close(done))
    },
  }
}
