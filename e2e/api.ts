import type { Town } from './town.ts'

export const PASSWORD = 'eleven anemones'

/** Calls the API as an app does; throws what was answered when it was no. */
export async function ask<T = { id: string }>(
  town: Town,
  token: string,
  [method, path]: [string, string],
  json?: unknown,
): Promise<T> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  const answer = await fetch(town.url + path, { method, headers, ...body })
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as T
}

export type Someone = { name: string; token: string; id: string }

const SCOPES = 'profile read write follow push admin:read admin:write'

/** Somebody who can sign in, with a token that an app of theirs would hold. */
export async function moveIn(town: Town, name: string, role: 'user' | 'owner' = 'user'): Promise<Someone> {
  const mail = ['--email', `${name}@example.org`, '--password', PASSWORD, '--role', role, '--confirmed']
  await town.hamlet('accounts', 'create', name, ...mail)
  const { access_token: token = '' } = await town.hamlet('tokens', 'create', name, '--scopes', SCOPES)
  const { id } = await ask(town, token, ['GET', '/api/v1/accounts/verify_credentials'])
  return { name, token, id }
}

export async function upload(town: Town, token: string, picture: Buffer, description: string): Promise<string> {
  const body = new FormData()
  body.set('file', new Blob([new Uint8Array(picture)], { type: 'image/png' }), 'picture.png')
  body.set('description', description)
  const headers = { authorization: `Bearer ${token}` }
  const answer = await fetch(`${town.url}/api/v2/media`, { method: 'POST', headers, body })
  if (!answer.ok) throw new Error(`A picture was answered ${answer.status}`)
  return ((await answer.json()) as { id: string }).id
}
