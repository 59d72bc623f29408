import { setTimeout as sleep } from 'node:timers/promises'
import type { Person } from './inside.ts'

export type Answer = { status: number; text: string; body: any }
export type Request = {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  token?: string | undefined
  json?: unknown
  headers?: Record<string, string>
}

/** Asks a town something, as an app or a stranger would. */
export async function ask(url: string, request: Request = {}): Promise<Answer> {
  const headers: Record<string, string> = { ...request.headers }
  if (request.token) headers.authorization = `Bearer ${request.token}`
  if (request.json !== undefined) headers['content-type'] = 'application/json'
  const response = await fetch(url, {
    method: request.method ?? 'GET',
    headers,
    redirect: 'manual',
    ...(request.json === undefined ? {} : { body: JSON.stringify(request.json) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, text, body: isJson ? JSON.parse(text) : undefined }
}

export const read = (who: Person, path: string) => ask(`${who.url}${path}`, { token: who.token })

/** Does something that must succeed; gives what was answered. */
export async function act(who: Person, path: string, json: unknown = {}): Promise<any> {
  const answer = await ask(`${who.url}${path}`, { method: 'POST', token: who.token, json })
  if (answer.status !== 200) throw new Error(`POST ${path} was answered ${answer.status}: ${answer.text}`)
  return answer.body
}

export const search = async (who: Person, text: string) =>
  (await read(who, `/api/v2/search?resolve=true&q=${encodeURIComponent(text)}`)).body

const LOOK_MS = 50

/** Waits for something to hold; false when it does not come true in time. */
export async function comesTrue(holds: () => Promise<boolean>, timeoutMs: number): Promise<boolean> {
  for (const from = performance.now(); !(await holds()); await sleep(LOOK_MS))
    if (performance.now() - from > timeoutMs) return false
  return true
}

/** Waits until something holds that must come true; throws when it does not. */
export async function until(what: string, holds: () => Promise<boolean>, timeoutMs = 30_000): Promise<void> {
  if (!(await comesTrue(holds, timeoutMs))) throw new Error(`Waited in vain until ${what}`)
}

/** Follows somebody, in whichever town they live, and waits until they have accepted. Gives their id in the follower's town. */
export async function follow(follower: Person, handle: string): Promise<string> {
  const found = (await search(follower, `@${handle}`)).accounts[0]
  if (!found) throw new Error(`@${handle} is not found from ${follower.url}`)
  await act(follower, `/api/v1/accounts/${found.id}/follow`)
  await until(`@${handle} has accepted @${follower.username}`, async () => {
    const relation = await read(follower, `/api/v1/accounts/relationships?id[]=${found.id}`)
    return relation.body[0].following
  })
  return found.id
}
