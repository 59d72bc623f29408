import { t } from '../i18n/words.ts'

/** Calls the server's own API as the person whose session cookie the browser holds. */

export class ApiError extends Error {
  readonly status: number
  readonly details: Record<string, { description: string }[]>

  /** The whole answer, for errors that say more than a sentence. */
  readonly body: Record<string, unknown>

  constructor(status: number, message: string, details: ApiError['details'] = {}, body: ApiError['body'] = {}) {
    super(message)
    this.status = status
    this.details = details
    this.body = body
  }
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type RequestOptions = {
  body?: unknown
  form?: FormData
  headers?: Record<string, string>
  signal?: AbortSignal
  /** Goes out even when the page is closed meanwhile. */
  keepalive?: boolean
  /** Another account of this browser, in whose name this one request is made. */
  as?: string
}
export type Page<T> = { items: T[]; next: string | null }

/** The header in which a page says as whom it acts, and the server whose answer it is (docs/decisions/0027). */
const ACTING_AS = 'hamlet-account'
let actor: string | undefined

/** From here on this page acts as this account and nobody else, whatever other tabs do. */
export function actAs(accountId: string | undefined): void {
  actor = accountId
}

/** As whom this page acts, for calls that are not made here. */
export function actingAs(as = actor): Record<string, string> {
  return as === undefined ? {} : { [ACTING_AS]: as }
}

/** No answer at all: the machine is offline, or the server is down. */
export const OFFLINE = 0

export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options)
  return (await response.json()) as T
}

/** One page of a list, and where the next one is (Link header, rel=next). */
export async function requestPage<T>(path: string): Promise<Page<T>> {
  const response = await send('GET', path, {})
  const next = /<([^>]+)>;\s*rel="next"/.exec(response.headers.get('link') ?? '')?.[1]
  const items = (await response.json()) as T[]
  // All of a page can be hidden by the reader's filters; what follows it is the page that was asked for.
  if (next && items.length === 0 && !/[?&](?:min|since)_id=/.test(path)) return requestPage<T>(localPath(next))
  return { items, next: next ? localPath(next) : null }
}

function localPath(url: string): string {
  const { pathname, search } = new URL(url, location.origin)
  return pathname + search
}

const preloads = new Map<string, Promise<Response>>()

/** Asks early for what the next screen will read; whoever reads it takes this answer. */
export function preload(path: string): void {
  const early = fetch(path)
  // Who takes it hears of its failure; who does not, need not.
  early.catch(() => undefined)
  preloads.set(path, early)
}

async function send(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { ...actingAs(options.as), ...options.headers }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  const body = options.form ?? (options.body === undefined ? null : JSON.stringify(options.body))
  const early = method === 'GET' && options.as === undefined ? preloads.get(path) : undefined
  preloads.delete(path)
  const kept = options.keepalive ? { keepalive: true } : {}
  const ask = () => fetch(path, { method, headers, body, signal: options.signal ?? null, ...kept })
  const response = await (early ? early.then((answer) => (isOurs(answer) ? answer : ask())) : ask()).catch(
    (error: unknown) => {
      if (options.signal?.aborted) throw error
      throw new ApiError(OFFLINE, t('api.offline', 'The server does not answer. Check your connection.'))
    },
  )
  if (response.status === 401 && options.as === undefined) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
    throw new ApiError(401, t('api.signedOut', 'You are signed out.'))
  }
  if (!response.ok) throw await readError(response)
  return response
}

/** An early answer may be to the account that another tab has just left. */
function isOurs(answer: Response): boolean {
  const whose = answer.headers.get(ACTING_AS)
  return actor === undefined || whose === null || whose === actor
}

async function readError(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => ({}))) as { error?: string; details?: ApiError['details'] }
  const words =
    body.error?.replace(/^Validation failed: /, '') ??
    t('api.status', 'The server answered {status}.', { status: response.status })
  return new ApiError(response.status, words, body.details, body)
}

/** What to tell a person about something that failed. */
export function explain(error: unknown): string {
  return error instanceof ApiError
    ? error.message
    : t('api.broken', 'Something went wrong in this page. Load it again.')
}
