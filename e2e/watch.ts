import type { Browser, BrowserContext, BrowserContextOptions } from 'playwright-core'

/** What a journey's pages did that nobody sees from outside. */
type Seen = {
  /** Requests that left this machine's towns. */
  elsewhere: Set<string>
  /** What the pages' own policy, Trusted Types among it, had to refuse. */
  refused: Set<string>
  /** Everything that moved without a press, with what moved. */
  shifts: { value: number; what: string }[]
}
export type Watched = { browser: Browser; seen: Seen; faults(): string[]; moved(): number }

const REPORT = 'hamletSeen'
type Report = { kind: 'refused'; what: string } | { kind: 'shift'; value: number; what: string }

/** The same browser; whatever opens in it is watched: where it asks, what its policy refuses, and what moves by itself. */
export function watch(browser: Browser): Watched {
  const seen: Seen = { elsewhere: new Set(), refused: new Set(), shifts: [] }
  const open = async (options?: BrowserContextOptions) => {
    const context = await browser.newContext(options)
    await watchContext(context, seen)
    return context
  }
  const watched = new Proxy(browser, {
    get: (target, key) => {
      if (key === 'newContext') return open
      // A page that is opened alone closes its window with itself.
      if (key === 'newPage')
        return async (options?: BrowserContextOptions) => {
          const context = await open(options)
          const page = await context.newPage()
          page.once('close', () => void context.close())
          return page
        }
      const value: unknown = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const moved = () => seen.shifts.reduce((sum, { value }) => sum + value, 0)
  return {
    browser: watched,
    seen,
    moved,
    faults: () => [
      ...[...seen.elsewhere].map((url) => `asked ${url}`),
      ...[...seen.refused].map((what) => `its policy refused ${what}`),
      ...seen.shifts.map(({ value, what }) => `moved by itself, ${value.toFixed(4)}: ${what}`),
    ],
  }
}

async function watchContext(context: BrowserContext, seen: Seen): Promise<void> {
  context.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url())
    const isHere = ['data:', 'blob:', 'about:'].includes(protocol) || ['localhost', '127.0.0.1'].includes(hostname)
    if (!isHere) seen.elsewhere.add(request.url())
  })
  await context.exposeBinding(REPORT, ({ frame }, report: Report) => {
    const at = `${new URL(frame.url()).pathname}: ${report.what}`
    if (report.kind === 'refused') seen.refused.add(at)
    else seen.shifts.push({ value: report.value, what: at })
  })
  await context.addInitScript(observe, REPORT)
}

/** Runs in every page before its own scripts. A test that opens things without a press marks the page as `opened`. */
function observe(name: string): void {
  const tell = (report: Report) => (window as unknown as Record<string, (report: Report) => void>)[name]?.(report)
  const nameOf = (node: Node | null) =>
    node instanceof Element ? `${node.tagName.toLowerCase()}.${node.classList.value.replaceAll(' ', '.')}` : 'text'
  document.addEventListener('securitypolicyviolation', (event) =>
    tell({ kind: 'refused', what: `${event.effectiveDirective} ${event.blockedURI} ${event.sample}` }),
  )
  type Rect = { x: number; y: number; width: number; height: number }
  type Shift = PerformanceEntry & {
    value: number
    hadRecentInput: boolean
    sources: { node: Node | null; previousRect: Rect; currentRect: Rect }[]
  }
  const rect = ({ x, y, width, height }: Rect) => `${x},${y} ${width}x${height}`
  // From a press until the second picture after it: on a busy machine that may be later than half a second.
  let answer = { from: Number.NEGATIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
  let filledAt = Number.NEGATIVE_INFINITY
  const press = (event: Event) => {
    const now = { from: event.timeStamp, to: Infinity }
    answer = now
    requestAnimationFrame(() => requestAnimationFrame((at) => (now.to = at)))
  }
  for (const kind of ['pointerdown', 'keydown', 'input'])
    addEventListener(kind, press, { capture: true, passive: true })
  addEventListener('input', (event) => (filledAt = event.timeStamp), { capture: true, passive: true })
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as Shift[]) {
      // The standard's half a second after a press; a test that fills a field presses no keys.
      if (shift.startTime - filledAt < 500) continue
      if (shift.startTime >= answer.from && shift.startTime <= answer.to) continue
      // Counted to four decimals, as browsers tell it.
      if (shift.hadRecentInput || shift.value < 0.00005 || document.documentElement.dataset.opened) continue
      const what = shift.sources.map(
        (source) => `${nameOf(source.node)} ${rect(source.previousRect)} -> ${rect(source.currentRect)}`,
      )
      // Words that changed within their lines: each stands where it stood.
      const stays = ({ previousRect: a, currentRect: b }: Shift['sources'][number]) => rect(a) === rect(b)
      if (shift.sources.length > 0 && shift.sources.every(stays)) continue
      tell({ kind: 'shift', value: shift.value, what: what.join('; ') })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
