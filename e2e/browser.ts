import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { chromium, type Browser } from 'playwright-core'

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** Families with letters that the carried browser cannot draw by itself. */
const FONTS = ['inter', 'noto-sans-jp', 'noto-sans-arabic', 'noto-sans-devanagari', 'noto-color-emoji']

export type OpenBrowser = { browser: Browser; close(): Promise<void> }

/** A Chromium: the one that is named, one on the machine, or the one that an npm package carries. */
export async function openBrowser(): Promise<OpenBrowser> {
  const named =
    process.env.HAMLET_TEST_BROWSER ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => existsSync(path))
  if (named) {
    const browser = await chromium.launch({ executablePath: named, args: ARGUMENTS })
    return { browser, close: () => browser.close() }
  }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found. Install one, or name it in HAMLET_TEST_BROWSER.')
  }
  return openCarried()
}

/** The carried browser unpacks into the temporary folder: each run gets its own, so that runs never collide. */
async function openCarried(): Promise<OpenBrowser> {
  const folder = mkdtempSync(join(tmpdir(), 'hamlet-browser-'))
  const usual = process.env.TMPDIR
  process.env.TMPDIR = folder
  // Without this mark the package leaves out the libraries that a bare machine lacks.
  process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs24.x'
  const { default: carried } = await import('@sparticuz/chromium')
  const executablePath = await carried.executablePath()
  // Whatever else this process starts has its own places.
  if (usual === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = usual
  process.env.FONTCONFIG_PATH = join(folder, 'fonts')
  addFonts(join(folder, 'fonts'))
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS, headless: true })
  return {
    browser,
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function addFonts(target: string): void {
  mkdirSync(target, { recursive: true })
  // The carried configuration names fixed folders; ours is the run's own.
  const config = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${target}</dir><cachedir>${target}/cache</cachedir></fontconfig>`
  writeFileSync(join(target, 'fonts.conf'), config)
  const require = createRequire(import.meta.url)
  for (const family of FONTS) {
    const folder = dirname(require.resolve(`@expo-google-fonts/${family}/package.json`))
    const files = readdirSync(folder, { recursive: true }).map(String)
    const wanted = files.filter((file) => /(400Regular|700Bold)[^/]*\.ttf$/.test(file))
    for (const file of wanted) cpSync(join(folder, file), join(target, file.split('/').at(-1) as string))
  }
}
