/** Journeys from outside, with a real browser against a server started as its operator starts it. */
import { openBrowser } from './browser.ts'
import { loseNothing } from './journeys/crash.ts'
import { checkAccessibility, checkFonts, readPublicPages } from './journeys/public-pages.ts'
import { startTown } from './town.ts'

/** The whole of it is `npm run test:long`; every test run kills a few times. */
const KILLS = Number(process.env.HAMLET_TEST_KILLS ?? 4)

let passed = 0
let failed = 0

async function journey(name: string, run: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  try {
    await run()
    passed += 1
    console.log(`  ok    ${name} (${Math.round(performance.now() - started)} ms)`)
  } catch (error) {
    failed += 1
    console.log(`  FAIL  ${name}\n${error instanceof Error ? error.stack : String(error)}`)
  }
}

const opened = await openBrowser()
const { browser } = opened
const town = await startTown()
console.log(`the server was ready after ${town.startedInMs} ms, in an empty folder`)
try {
  await journey('letters of every script are drawn', () => checkFonts(browser))
  await journey('public pages read without and with JavaScript', () => readPublicPages(browser, town))
  await journey('axe finds nothing, in light and dark, desk and phone', () => checkAccessibility(browser, town))
  await journey('kill -9 loses and doubles nothing', () => loseNothing(town, KILLS))
} finally {
  await journey('SIGTERM stops the server within 10 s', () => town.stop())
  await opened.close()
}
console.log(`journeys: ${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
