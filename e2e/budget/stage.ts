import { gzipSync } from 'node:zlib'
import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core'
import { ask, moveIn } from '../api.ts'
import { signIn } from '../sign-in.ts'
import type { Town } from '../town.ts'

/** Two people, one of whom writes what the other reads. */
export type Stage = { browser: Browser; town: Town; writer: string; reader: string; posts: string[] }

const line = 'Ferry’s out until Thursday, so the bay belongs to the small ones again.'
const AT_ONCE = 8

/** `reed` follows `wren`, who has written this many posts of one to five lines. */
export async function furnish(browser: Browser, town: Town, count: number): Promise<Stage> {
  const [{ token: reader }, { token: writer, id }] = [await moveIn(town, 'reed'), await moveIn(town, 'wren')]
  await ask(town, reader, ['POST', `/api/v1/accounts/${id}/follow`])
  const stage: Stage = { browser, town, writer, reader, posts: [] }
  for (let number = 0; number < count; number += AT_ONCE) await write(stage, number, Math.min(AT_ONCE, count - number))
  return stage
}

async function write({ town, writer, posts }: Stage, from: number, count: number): Promise<void> {
  const words = Array.from({ length: count }, (_, index) => [
    `Post ${from + index + 1}.`,
    ...Array.from({ length: (from + index) % 5 }, () => line),
  ])
  const made = await Promise.all(words.map((one) => town.post(writer, { status: one.join('\n\n') })))
  posts.push(...made.map((one) => one.id))
}

export async function call<T>(town: Town, method: string, path: string, token: string): Promise<T> {
  const answer = await fetch(town.url + path, { method, headers: { authorization: `Bearer ${token}` } })
  if (!answer.ok) throw new Error(`${method} ${path} was answered ${answer.status}`)
  return (await answer.json()) as T
}

export type Device = 'phone' | 'desk'
export type Session = { page: Page; cdp: CDPSession; context: BrowserContext }

/** The slow phone of web-spec 13: 390x844, a quarter of the processor, 1,600 kbit/s, 150 ms. */
export async function openSession(stage: Stage, device: Device, { isSignedIn = true } = {}): Promise<Session> {
  await beginAtNewest(stage)
  const viewport = device === 'phone' ? { width: 390, height: 844 } : { width: 1280, height: 900 }
  const page = isSignedIn
    ? await signIn(stage.browser, stage.town, 'reed')
    : await (await stage.browser.newContext()).newPage()
  await page.setViewportSize(viewport)
  const context = page.context()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Network.enable')
  await cdp.send('Performance.enable')
  return { page, cdp, context }
}

/** Each session is another device: none goes on where the one before it was left. */
async function beginAtNewest({ town, reader }: Stage): Promise<void> {
  const answer = await fetch(`${town.url}/api/v1/markers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${reader}`, 'content-type': 'application/json' },
    body: JSON.stringify({ hamlet_home_place: { last_read_id: '0' } }),
  })
  if (!answer.ok) throw new Error(`The place in home was answered ${answer.status}`)
}

export async function throttle({ cdp }: Session, { isSlow = true } = {}): Promise<void> {
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: isSlow ? 4 : 1 })
  await cdp.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: isSlow ? 150 : 0,
    downloadThroughput: isSlow ? 200_000 : -1,
    uploadThroughput: isSlow ? 200_000 : -1,
  })
}

/** What a page fetched, until it is asked. Sizes are of the bodies, packed anew by gzip -9. */
export type Fetched = { url: string; type: string; gzip: number; wire: number }

export function watchFetches({ page }: Session): Promise<Fetched>[] {
  const fetched: Promise<Fetched>[] = []
  page.on('response', (response) => {
    const url = response.url()
    if (url.startsWith('ws')) return
    const one = async () => {
      const body = await response.body().catch(() => Buffer.alloc(0))
      const sizes = await response
        .request()
        .sizes()
        .catch(() => undefined)
      const type = response.request().resourceType()
      return { url, type, gzip: gzipSync(body, { level: 9 }).length, wire: sizes?.responseBodySize ?? body.length }
    }
    fetched.push(one())
  })
  return fetched
}

/** Bytes of heap in use after a collection. */
export async function heapOf({ cdp }: Session): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN
}
