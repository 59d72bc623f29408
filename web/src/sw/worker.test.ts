import { beforeEach, expect, test, vi } from 'vitest'

type Fake = Record<string, any>
const world = self as unknown as Fake

/** As much of the Cache API as the worker uses, in the order in which things were put. */
function makeCaches() {
  const shelves = new Map<string, Map<string, Response>>()
  const keyOf = (request: Fake | string) =>
    new URL(typeof request === 'string' ? request : request.url, 'https://town.test').pathname
  const open = async (name: string) => {
    const shelf = shelves.get(name) ?? new Map<string, Response>()
    shelves.set(name, shelf)
    return {
      match: async (request: Fake | string) => shelf.get(keyOf(request))?.clone(),
      put: async (request: Fake | string, answer: Response) => {
        shelf.delete(keyOf(request))
        shelf.set(keyOf(request), answer)
      },
      delete: async (request: Fake | string) => shelf.delete(keyOf(request)),
      keys: async () => [...shelf.keys()],
      addAll: async (requests: Fake[]) => {
        for (const request of requests) shelf.set(keyOf(request), new Response(`file ${keyOf(request)}`))
      },
    }
  }
  return {
    shelves,
    open,
    keys: async () => [...shelves.keys()],
    delete: async (name: string) => shelves.delete(name),
    match: async (request: Fake | string, { cacheName }: { cacheName: string }) =>
      (await open(cacheName)).match(request),
  }
}

let store: ReturnType<typeof makeCaches>
let asked: { url: string; method: string; headers?: unknown; body?: unknown }[]
let answer: (url: string) => Response | undefined
let shown: Fake[]
let pages: Fake[]
let opened: string[]

beforeEach(async () => {
  store = makeCaches()
  asked = []
  shown = []
  pages = []
  opened = []
  answer = () => new Response('from the server')
  vi.stubGlobal('caches', store)
  vi.stubGlobal('location', new URL('https://town.test/sw.js'))
  vi.stubGlobal(
    'Request',
    class {
      url: string
      constructor(url: string) {
        this.url = new URL(url, 'https://town.test').href
      }
    },
  )
  vi.stubGlobal(
    'fetch',
    async (request: Fake | string, init?: { method?: string; headers?: unknown; body?: unknown }) => {
      const url = typeof request === 'string' ? request : (request.url as string)
      asked.push({ ...init, url, method: init?.method ?? 'GET' })
      const given = answer(url)
      if (!given) throw new TypeError('offline')
      return given
    },
  )
  Object.assign(world, {
    SHELL: { version: 'v2', files: ['/assets/main-a.js', '/icons.svg'] },
    skipWaiting: vi.fn(),
    clients: {
      claim: async () => {},
      matchAll: async () => pages,
      openWindow: async (url: string) => void opened.push(url),
    },
    registration: { showNotification: async (title: string, options: Fake) => void shown.push({ title, ...options }) },
  })
  await import('./worker.ts')
})

/** What the worker does with an event; undefined when it leaves it alone. */
async function send(type: string, parts: Fake = {}): Promise<Response | undefined> {
  const work: Promise<unknown>[] = []
  let given: Promise<Response> | undefined
  const event = Object.assign(new Event(type), parts, {
    waitUntil: (one: Promise<unknown>) => void work.push(one),
    respondWith: (one: Promise<Response>) => void (given = one),
  })
  world.dispatchEvent(event)
  const answered = await given
  await Promise.all(work)
  return answered
}
const ask = (path: string, more: Fake = {}) =>
  send('fetch', {
    request: { url: `https://town.test${path}`, method: 'GET', mode: 'no-cors', destination: '', ...more },
  })
const visit = (path: string) => ask(path, { mode: 'navigate' })
const kept = (name: string) => [...(store.shelves.get(name)?.keys() ?? [])]

test('it keeps the shell by its version, and drops those before', async () => {
  await store.open('hamlet-shell-v1')
  await store.open('somebody-elses')
  await send('install')
  expect(kept('hamlet-shell-v2')).toEqual(['/assets/main-a.js', '/icons.svg', '/home'])
  await send('activate')
  expect(await store.keys()).toEqual(['somebody-elses', 'hamlet-shell-v2'])
  await send('message', { data: { kind: 'activate' } })
  expect(world.skipWaiting).toHaveBeenCalledOnce()
})

test('whoever is signed out has no frame, until home is opened', async () => {
  answer = () => Object.assign(new Response('sign in'), { redirected: false, ok: false })
  await send('install')
  expect(kept('hamlet-shell-v2')).not.toContain('/home')
  answer = () => new Response('home')
  expect(await (await visit('/home'))?.text()).toBe('home')
  expect(kept('hamlet-shell-v2')).toContain('/home')
})

test('without a network every page of the app opens in its frame; forms and the API are left alone', async () => {
  answer = () => new Response('frame')
  await send('install')
  answer = () => undefined
  for (const path of ['/home', '/notifications', '/@ines/12'])
    expect(await (await visit(path))?.text(), path).toBe('frame')
  for (const path of ['/sign-in', '/oauth/authorize', '/media/a.png', '/set-up'])
    expect(await visit(path)).toBeUndefined()
  expect(await ask('/api/v1/timelines/home')).toBeUndefined()
  expect(await ask('/home', { method: 'POST' })).toBeUndefined()
  expect(await ask('/api/v1/statuses', { method: 'POST' })).toBeUndefined()
  const elsewhere = { request: { url: 'https://else.test/assets/a.js', method: 'GET', mode: 'no-cors' } }
  expect(await send('fetch', elsewhere)).toBeUndefined()
  expect(await (await ask('/icons.svg'))?.text()).toBe('file /icons.svg')
})

test('pictures are shown at once and read anew behind; large ones are not kept, and old ones make way', async () => {
  const face = (path: string) => ask(path, { destination: 'image' })
  answer = () => new Response('first')
  await face('/media/face.webp')
  answer = () => new Response('second')
  expect(await (await face('/media/face.webp'))?.text()).toBe('first')
  expect(await (await face('/media/face.webp'))?.text()).toBe('second')
  answer = () => new Response('x'.repeat(200_000))
  await face('/media/photo.webp')
  expect(kept('hamlet-pictures')).toEqual(['/media/face.webp'])
  answer = () => new Response('x')
  for (let at = 0; at < 400; at += 1) await face(`/media/${at}.webp`)
  expect(kept('hamlet-pictures')).toHaveLength(400)
  expect(kept('hamlet-pictures')).not.toContain('/media/face.webp')
})

const mention = {
  notification_id: 7,
  notification_type: 'mention',
  preferred_locale: 'de',
  icon: 'https://town.test/media/face.webp',
  title: 'Bram',
  body: 'hello',
  hamlet: { url: '/@bram/12', tag: 'ungrouped-7', status_id: '12', actions: [{ action: 'reply', title: 'Antworten' }] },
}
const push = (data: unknown) => send('push', { data: { json: () => data } })

test('a push is shown with its words, tag and answers, and open pages are told', async () => {
  const told: unknown[] = []
  pages = [{ postMessage: (message: unknown) => told.push(message) }]
  await push(mention)
  expect(shown).toMatchObject([
    {
      title: 'Bram',
      body: 'hello',
      tag: 'ungrouped-7',
      lang: 'de',
      data: { url: '/@bram/12', statusId: '12' },
    },
  ])
  expect(told).toEqual([{ kind: 'pushed', type: 'mention' }])
})

test('a push that cannot be read still shows something', async () => {
  await send('push', { data: { json: () => JSON.parse('{') } })
  await send('push', { data: null })
  await push({ title: 5 })
  expect(shown.map((one) => one.title)).toEqual(['Hamlet', 'Hamlet', 'Hamlet'])
})

const click = (action: string, accountId?: string) =>
  send('notificationclick', {
    action,
    notification: { close: () => {}, data: { url: '/@bram/12', statusId: '12', accountId } },
  })

test('a press opens exactly that, in a page that is open or in a new one', async () => {
  await click('')
  expect(opened).toEqual(['/@bram/12'])
  const told: unknown[] = []
  pages = [
    { visibilityState: 'hidden', postMessage: () => {}, focus: async () => {} },
    { visibilityState: 'visible', postMessage: (message: unknown) => told.push(message), focus: async () => {} },
  ]
  await click('reply')
  expect([opened, told]).toEqual([['/@bram/12'], [{ kind: 'open', url: '/share?reply=12' }]])
})

test('what was told to an account is done and opened as that account', async () => {
  await click('favourite', '9')
  await click('', '9')
  expect(asked.map(({ url, headers, body }) => [url, headers, body?.toString()])).toEqual([
    ['/api/v1/statuses/12/favourite', { 'hamlet-account': '9' }, undefined],
    ['/switch', undefined, 'account=9'],
  ])
  expect(opened).toEqual(['/@bram/12'])
  const told: unknown[] = []
  pages = [{ visibilityState: 'visible', postMessage: (message: unknown) => told.push(message), focus: async () => {} }]
  await click('', '9')
  expect(told).toEqual([{ kind: 'open', url: '/@bram/12', accountId: '9' }])
})

test('a favourite needs no page, unless it fails', async () => {
  await click('favourite')
  expect(asked).toMatchObject([{ url: '/api/v1/statuses/12/favourite', method: 'POST' }])
  expect(opened).toEqual([])
  answer = () => undefined
  await click('favourite')
  expect(opened).toEqual(['/@bram/12'])
})
