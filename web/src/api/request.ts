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
export type RequestOptions = { body?: unknown; form?: FormData; headers?: Record<string, string>; signal?: AbortSignal }
export type Page<T> = { items: T[]; next: string | null }

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
  const headers: Record<string, string> = { ...options.headers }
  if (options.body !== undefined) headers['content-type'] = 'application/json'
  const body = options.form ?? (options.body === undefined ? null : JSON.stringify(options.body))
  const early = method === 'GET' ? preloads.get(path) : undefined
  preloads.delete(path)
  const response = await (early ?? fetch(path, { method, headers, body, signal: options.signal ?? null })).catch(
    (error: unknown) => {
      if (options.signal?.aborted) throw error
      throw new ApiError(OFFLINE, t('api.offline', 'The server does not answer. Check your connection.'))
    },
  )
  if (response.status === 401) {
    location.assign(`/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`)
    throw new ApiError(401, t('api.signedOut', 'You are signed out.'))
  }
  if (!response.ok) throw await readError(response)
  return response
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
