/** Journeys from outside, with a real browser against a server started as its operator starts it. */
import assert from 'node:assert/strict'
import { setDefaultAutoSelectFamilyAttemptTimeout } from 'node:net'
import { inspect } from 'node:util'
import { crc32, deflateSync } from 'node:zlib'
import type { Browser } from 'playwright-core'
import { openBrowser } from './browser.ts'
import { watch } from './watch.ts'
import { randomFillSync } from 'node:crypto'
import { haveTwoAccounts } from './journeys/accounts.ts'
import { walkFeed } from './journeys/feed.ts'
import { meetFedify } from './journeys/fedify.ts'
import { composeSafely } from './journeys/composing.ts'
import { comeIn } from './journeys/entering.ts'
import { firstDay } from './journeys/first-day.ts'
import { loseNothing } from './journeys/crash.ts'
import { keepOut } from './journeys/moderation.ts'
import { readNotifications } from './journeys/notifications.ts'
import { runTheTown } from './journeys/settings.ts'
import { joinIn } from './journeys/joining.ts'
import { keepReading } from './journeys/reading.ts'
import { handOver } from './journeys/handover.ts'
import { leaveAndArrive } from './journeys/leaving.ts'
import { walkByKeys } from './journeys/keyboard.ts'
import { compareSpoken } from './journeys/spoken.ts'
import { checkMatrix } from './journeys/matrix.ts'
import { ruleWords } from './journeys/rules.ts'
import { readList } from './journeys/servers.ts'
import { appeal } from './journeys/standing.ts'
import { meetStrangers } from './journeys/strangers.ts'
import { checkAccessibility, checkFonts, readPublicPages } from './journeys/public-pages.ts'
import { stemWave } from './journeys/wave.ts'
import { viewPictures } from './journeys/viewing.ts'
import { startTown, type Town } from './town.ts'

// `localhost` has two addresses, and Node gives each a quarter of a second: on a busy machine that is no answer, but a "fetch failed".
setDefaultAutoSelectFamilyAttemptTimeout(10_000)

/** The whole of it is `npm run test:long`; every test run kills a few times. */
const KILLS = Number(process.env.HAMLET_TEST_KILLS ?? 4)

/** A PNG without a library: this folder has none, and the server judges it like any other. */
function drawPicture(): Buffer {
  const [width, height] = [64, 48]
  const rows = Array.from({ length: height }, () =>
    Buffer.concat([Buffer.from([0]), randomFillSync(Buffer.alloc(width * 3))]),
  )
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const frame = Buffer.alloc(body.length + 8)
    frame.writeUInt32BE(data.length, 0)
    body.copy(frame, 4)
    frame.writeUInt32BE(crc32(body), body.length + 4)
    return frame
  }
  const head = Buffer.from([0, 0, 0, width, 0, 0, 0, height, 8, 2, 0, 0, 0])
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const ALL_SCREENS = process.env.HAMLET_TEST_MATRIX === 'all'
let passed = 0
let failed = 0
/** `npm run test:e2e -- place wave` runs the journeys with one of these words in their name alone. */
const only = process.argv.slice(2).filter((word) => word !== '--update')
/** Writes down anew how screens are spoken. */
const isUpdate = process.argv.includes('--update')

/** A journey that stands still fails, and the others go on: nothing may hold up a whole run without a word. */
const JOURNEY_LIMIT_MS = (ALL_SCREENS ? 40 : 5) * 60_000

async function inTime<T>(work: Promise<T>, limitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error(`It was not over after ${limitMs / 1000} s`)), limitMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

type Journey = (browser: Browser) => Promise<unknown>
/** Whatever it shows, nothing that a reader looks at moves by itself. */
async function journey(name: string, run: Journey): Promise<void> {
  if (only.length > 0 && !only.some((word) => name.includes(word))) return
  const started = performance.now()
  const watched = watch(opened.browser)
  try {
    await inTime(run(watched.browser), JOURNEY_LIMIT_MS)
    assert.deepEqual(watched.faults(), [], 'no page asked elsewhere, broke its policy, or moved by itself')
    passed += 1
    console.log(`  ok    ${name} (${Math.round(performance.now() - started)} ms, shifts ${watched.moved().toFixed(3)})`)
  } catch (error) {
    failed += 1
    console.log(`  FAIL  ${name}\n${inspect(error)}`)
  }
}

/** Journeys that share a town run one after the other; the two towns run beside each other. */
async function inTown(folder: string, journeys: (town: Town) => Promise<void>): Promise<void> {
  const town = await startTown()
  console.log(`the server was ready after ${town.startedInMs} ms, in an empty folder (${folder})`)
  let isStopped = false
  try {
    await journeys(town)
    await journey(`SIGTERM stops the server of ${folder} within 10 s`, async () => {
      await town.stop()
      isStopped = true
    })
  } finally {
    if (!isStopped) await town.stop()
  }
}

const opened = await openBrowser()
try {
  const towns = await Promise.allSettled([
    inTown('the first town', async (town) => {
      await journey('from the set-up link to a post that a stranger reads', (browser) =>
        firstDay(browser, town, drawPicture()),
      )
      await journey('a report, a decision, and a page that says so', (browser) => keepOut(browser, town))
      await journey('settings: what the server says of itself, its rules and its terms', (browser) =>
        runTheTown(browser, town),
      )
      await journey('joining: a request that is read, and an invitation through a closed door', (browser) =>
        joinIn(browser, town),
      )
      await journey('a wave of spam is stemmed with a few presses', (browser) => stemWave(browser, town))
      await journey('notifications: rows, filters, what is read, and all of it without a network', (browser) =>
        readNotifications(browser, town),
      )
      await journey('everyday tasks with keys alone', (browser) =>
        walkByKeys(browser, town, drawPicture(), ALL_SCREENS),
      )
      await journey('screens are spoken as they were', (browser) =>
        compareSpoken(browser, town, drawPicture(), isUpdate),
      )
      await journey('axe matrix: screens, states, themes and sizes, in pairs', (browser) =>
        checkMatrix(browser, town, drawPicture(), ALL_SCREENS),
      )
      await journey('a feed of a thousand posts is walked from one to the next, and left', (browser) =>
        walkFeed(browser, town),
      )
      await journey('home keeps the place of its reader', (browser) => keepReading(browser, town))
    }),
    inTown('the second town', async (town) => {
      await journey('words on their way are never lost, and leave once', (browser) => composeSafely(browser, town))
      await journey('a picture is opened, looked at closely, and left where it was', (browser) =>
        viewPictures(browser, town, drawPicture),
      )
      await journey('two accounts in one browser stay apart', (browser) => haveTwoAccounts(browser, town))
      await journey('letters of every script are drawn', (browser) => checkFonts(browser))
      await journey('public pages read without and with JavaScript', (browser) => readPublicPages(browser, town))
      await journey('public pages are the same before and after their script', (browser) => handOver(browser, town))
      await journey('axe finds nothing, in light and dark, desk and phone', (browser) =>
        checkAccessibility(browser, town),
      )
      await journey('words of strangers stay words', (browser) => meetStrangers(browser, town, drawPicture()))
      await journey('coming in: by approval with a passkey, by codes, and a browser that is signed out', (browser) =>
        comeIn(browser, town),
      )
      await journey('a content rule is tried, switched on, met, and taken back', (browser) => ruleWords(browser, town))
      await journey('suspended, appealed, and restored', (browser) => appeal(browser, town))
      await journey('a list of servers: drafts, two of three accepted, one given up later', (browser) =>
        readList(browser, town),
      )
      await journey('Fedify, another implementation, follows and is followed, reads and writes', () => meetFedify(town))
      await journey('everything is taken from one town to another, and followers come along', (browser) =>
        leaveAndArrive(browser, town, drawPicture()),
      )
      await journey('kill -9 loses and doubles nothing', () => loseNothing(town, KILLS))
    }),
  ])
  for (const town of towns)
    if (town.status === 'rejected') {
      failed += 1
      console.log(`  FAIL  a town of the journeys\n${inspect(town.reason)}`)
    }
} finally {
  await inTime(opened.close(), 30_000).catch((error: unknown) => console.log(`  the browser: ${inspect(error)}`))
}
console.log(`journeys: ${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)
