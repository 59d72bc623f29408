import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DrawnPage, PageAssets, PageModel, RenderPage, Site } from '@hamlet/contract/pages'
import { Refusal } from '#lib/refusal'
import type { Context } from '#platform/context'
import { PAGE_VARIES, type BuiltFile, type PageSource, type RenderedPage, type RenderOptions } from '#platform/http'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types hamlet"
const ONE_YEAR = 'public, max-age=31536000, immutable'
const ONE_HOUR = 'public, max-age=3600'

/** Browsers look for a new one at each visit (Service Workers, 7.1); its stand-in takes it out of them. */
const WORKER = '/sw.js'
const WORKER_OFF = '/sw-off.js'

export type PagesOptions = {
  /** The port that the instance room fills. */
  loadSite: (ctx: Context) => Promise<Site>
  hasWorker: boolean
}

/**
 * Draws public pages with the web app's own tree: the server imports the built bundle, never a `.tsx`.
 * `folder` is `web/dist`.
 */
export async function openPages(folder: string, { loadSite, hasWorker }: PagesOptions): Promise<PageSource> {
  const entry = join(folder, 'server/ssr.js')
  if (!existsSync(entry)) throw new Refusal('unavailable', "The web app is not built. Run 'npm run build'.")
  const { renderPage } = (await import(pathToFileURL(entry).href)) as { renderPage: RenderPage }
  const assets = readAssets(join(folder, 'client'))
  const files = readFiles(join(folder, 'client'))
  return {
    findFile: (path) => files.get(path === WORKER && !hasWorker ? WORKER_OFF : path),
    render: async (ctx, content, options) => {
      const model = { ...content, site: await loadSite(ctx) }
      return answer(model, await renderPage(model, assets, options), options)
    },
  }
}

/**
 * `form-action` also judges where a form is led on to, so a page that leads to an app cannot have it. A page for frames
 * holds nothing that could be pressed by mistake.
 */
function policyOf({ leadsAnywhere, isFramed }: RenderOptions): string {
  const policy = isFramed ? PAGE_POLICY.replace(" frame-ancestors 'none';", '') : PAGE_POLICY
  return leadsAnywhere ? policy.replace(" form-action 'self';", '') : policy
}

function answer(model: PageModel, { html, language }: DrawnPage, options: RenderOptions): RenderedPage {
  const status = 'status' in model && typeof model.status === 'number' ? model.status : 200
  const isShared = status === 200 && !options.isPersonal
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Language': language,
      Vary: PAGE_VARIES,
      'Content-Security-Policy': policyOf(options),
      // A shared page holds nothing personal, so caches may keep it.
      'Cache-Control': isShared ? 'public, max-age=15, stale-while-revalidate=30' : 'no-store',
      ETag: etag(Buffer.from(html)),
    },
    body: html,
  }
}

type Manifest = Record<string, { file: string }>

function readAssets(client: string): PageAssets {
  const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8')) as Manifest
  const fileOf = (source: string) => {
    const chunk = manifest[source]
    if (!chunk) throw new Error(`The built web app lacks ${source}. Run npm run build.`)
    return `/${chunk.file}`
  }
  return {
    css: fileOf('src/styles/main.css'),
    publicCss: fileOf('src/styles/public.css'),
    script: fileOf('src/reader/reader.ts'),
    app: fileOf('src/app/main.tsx'),
    sprite: '/icons.svg',
  }
}

/** Read once in a process, as the bundle that draws with them is. */
const read = new Map<string, Map<string, BuiltFile>>()

/** All built files by their public path: what is not in this list is not served, so no path can escape. */
function readFiles(client: string): Map<string, BuiltFile> {
  const known = read.get(client)
  if (known) return known
  const entries = readdirSync(client, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/.vite/') && !path.endsWith('.br'))
  const files = new Map(paths.map((path) => [`/${relative(client, path)}`, readBuiltFile(client, path)]))
  read.set(client, files)
  return files
}

function readBuiltFile(client: string, path: string): BuiltFile {
  const body = readFileSync(path)
  const isHashed = relative(client, path).startsWith('assets/')
  const isWorker = [WORKER, WORKER_OFF].includes(`/${relative(client, path)}`)
  const packed = `${path}.br`
  return {
    body,
    brotli: existsSync(packed) ? readFileSync(packed) : undefined,
    headers: {
      'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream',
      'Cache-Control': isHashed ? ONE_YEAR : isWorker ? 'no-cache' : ONE_HOUR,
      ETag: etag(body),
    },
  }
}

function etag(body: Buffer): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
}
