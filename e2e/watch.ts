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
export type Watched = { browser: Browser; seen: Seen; faults(may?: { mayMove: boolean }): string[]; moved(): number }

/**
 * What may move, since it tells of something that has happened: one's own post comes in at the top of home where its line
 * stood, and the posts below make room; the button that counts new posts grows with their number; the banners of a lost connection and of a
 * switch in another tab come and go above everything.
 */
const ALLOWED = [
  /^\/home: button\.new-posts /,
  /^\/home: .*p\.feed-end/,
  /^\S+ div\.shell \S+,(?:(?:44|53) \S+ -> \S+,0|0 \S+ -> \S+,(?:44|53)) /,
]
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
    faults: ({ mayMove } = { mayMove: false }) => [
      ...[...seen.elsewhere].map((url) => `asked ${url}`),
      ...[...seen.refused].map((what) => `its policy refused ${what}`),
      ...(mayMove ? [] : seen.shifts).map(({ value, what }) => `moved by itself, ${value.toFixed(4)}: ${what}`),
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
    else if (!ALLOWED.some((one) => one.test(at))) seen.shifts.push({ value: report.value, what: at })
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
  let pressedAt = Number.NEGATIVE_INFINITY
  for (const kind of ['pointerdown', 'keydown', 'input'])
    addEventListener(kind, (event) => (pressedAt = event.timeStamp), { capture: true, passive: true })
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries() as Shift[]) {
      // Browsers grant the answer to a press half a second; a busy machine may need longer.
      if (shift.startTime - pressedAt < 3000) continue
      if (shift.hadRecentInput || shift.value === 0 || document.documentElement.dataset.opened) continue
      const what = shift.sources.map(
        (source) => `${nameOf(source.node)} ${rect(source.previousRect)} -> ${rect(source.currentRect)}`,
      )
      tell({ kind: 'shift', value: shift.value, what: what.join('; ') })
    }
  }).observe({ type: 'layout-shift', buffered: true })
}
