import type { Measure } from './measure.ts'
import { median } from './measure.ts'
import { openSession, throttle, watchFetches, type Fetched, type Session, type Stage } from './stage.ts'

type Paints = { firstPost: number; lcp: number; blocked: number; shift: number }

/** Notes paints, long tasks and shifts from the first moment of a page. */
function note(): void {
  const seen = { firstPost: 0, lcp: 0, blocked: 0, shift: 0 }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.blocked += Math.max(0, entry.duration - 50)
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
      if (!entry.hadRecentInput) seen.shift += entry.value
  }).observe({ type: 'layout-shift', buffered: true })
  const look = () => {
    if (document.querySelector('article .prose')) seen.firstPost = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

async function paintsOf({ page }: Session): Promise<Paints> {
  await page.waitForFunction(() => (globalThis as unknown as { seen: Paints }).seen.firstPost > 0)
  await page.waitForTimeout(2500)
  return page.evaluate(() => (globalThis as unknown as { seen: Paints }).seen)
}

async function loadAgain(session: Session, address: string): Promise<Paints> {
  await session.cdp.send('Network.clearBrowserCache')
  await session.page.goto('about:blank')
  await session.page.goto(address)
  return paintsOf(session)
}

const KB = 1000
const sum = (files: readonly Fetched[]) => files.reduce((total, one) => total + one.gzip, 0)

/** First load of home as a person who comes back, and of a public page as a stranger; bytes, requests, paints. */
export async function measureLoad(stage: Stage, rounds: number): Promise<Measure[]> {
  const session = await openSession(stage, 'phone')
  await session.page.addInitScript(note)
  await throttle(session)
  const fetched = watchFetches(session)
  const home: Paints[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (round === rounds - 1) fetched.length = 0
    home.push(await loadAgain(session, `${stage.town.url}/home`))
  }
  const files = await Promise.all(fetched)
  await session.context.close()
  const stranger = await openSession(stage, 'phone', { isSignedIn: false })
  await stranger.page.addInitScript(note)
  await throttle(stranger)
  const open: Paints[] = []
  for (let round = 0; round < rounds; round += 1) open.push(await loadAgain(stranger, `${stage.town.url}/@wren`))
  await stranger.context.close()
  return [...bytes(files), ...paints(home, open)]
}

function bytes(files: readonly Fetched[]): Measure[] {
  const scripts = files.filter(({ type }) => type === 'script')
  const styles = files.filter(({ type }) => type === 'stylesheet')
  const fonts = files.filter(({ type }) => type === 'font')
  return [
    { name: 'JavaScript, first load of home, gzip', unit: 'kB', value: sum(scripts) / KB, gate: 90, target: 65 },
    { name: 'JavaScript files', unit: '', value: scripts.length, gate: 8, target: 4 },
    { name: 'Requests, with pictures', unit: '', value: files.length, gate: 20, target: 12 },
    { name: 'CSS, gzip', unit: 'kB', value: sum(styles) / KB, gate: 18, target: 12 },
    { name: 'Fonts', unit: '', value: fonts.length, gate: 0, target: 0 },
  ]
}

function paints(home: readonly Paints[], open: readonly Paints[]): Measure[] {
  const middle = (list: readonly Paints[], name: keyof Paints) => median(list.map((one) => one[name]))
  return [
    { name: 'First post, home', unit: 'ms', value: middle(home, 'firstPost'), gate: 1200, target: 900 },
    { name: 'LCP, home', unit: 'ms', value: middle(home, 'lcp'), gate: 1300, target: 900 },
    { name: 'LCP, public page', unit: 'ms', value: middle(open, 'lcp'), gate: 900, target: 700 },
    { name: 'TBT, home', unit: 'ms', value: middle(home, 'blocked'), gate: 150, target: 60 },
    {
      name: 'CLS, home and public page',
      unit: '',
      value: Math.max(...[...home, ...open].map((one) => one.shift)),
      gate: 0.02,
      target: 0,
    },
  ]
}
