/** As much of a browser as forms need: cookies, the Origin header, and redirects that are followed when told to. */
export type Visited = { status: number; text: string; location: string | null; headers: Headers }

/** What a script gets, and whose answer it was. */
export type Called = { status: number; body: any; headers: Headers }

export type Browser = {
  cookies: Map<string, string>
  get(path: string): Promise<Visited>
  post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Visited>
  /** Calls the API as a script of our own pages does. */
  api(method: string, path: string, json?: unknown, more?: Record<string, string>): Promise<Called>
}

export function openBrowser(base: string): Browser {
  const cookies = new Map<string, string>()
  const send = async (path: string, init: RequestInit): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = new Headers(init.headers)
    if (cookie !== '') headers.set('cookie', cookie)
    const response = await fetch(new URL(path, base), { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      const [name, value] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]
      if (value === '') cookies.delete(name)
      else cookies.set(name, value)
    }
    return response
  }
  const seen = async (response: Response): Promise<Visited> => ({
    status: response.status,
    text: await response.text(),
    location: response.headers.get('location'),
    headers: response.headers,
  })
  return {
    cookies,
    get: async (path) => seen(await send(path, { method: 'GET' })),
    post: async (path, fields, headers = { origin: base }) =>
      seen(await send(path, { method: 'POST', body: new URLSearchParams(fields), headers })),
    api: async (method, path, json, more) => {
      const headers = { origin: base, ...more, ...(json === undefined ? {} : { 'content-type': 'application/json' }) }
      const body = json === undefined ? {} : { body: JSON.stringify(json) }
      const response = await send(path, { method, headers, ...body })
      return { status: response.status, body: await response.json(), headers: response.headers }
    },
  }
}
