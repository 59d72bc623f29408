import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#lib/refusal'
import { webFolder } from './web-folder.ts'

const root = join(import.meta.dirname, '../../..')
const sources = ['web/src', 'web/public', 'web/vite.config.ts', 'web/worker.ts', 'contract/src']

/** Builds the web app when it is missing or older than its sources. True when it built. */
export function buildWebIfStale(): boolean {
  const built = join(webFolder, 'server/ssr.js')
  const changed = Math.max(...sources.map((path) => newest(join(root, path))))
  if (existsSync(built) && statSync(built).mtimeMs >= changed) return false
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  for (const args of [['build'], ['build', '--ssr', 'src/ssr.tsx']]) {
    const result = spawnSync(process.execPath, [vite, ...args, '--logLevel', 'warn'], {
      cwd: join(root, 'web'),
      encoding: 'utf8',
    })
    if (result.status !== 0)
      throw new Refusal(
        'unavailable',
        `The web app could not be built: ${result.stderr || result.stdout || result.error?.message}`,
      )
  }
  return true
}

/** What the type check notes down beside a tsconfig is no source: after it, every start would build anew. */
function newest(path: string): number {
  if (!existsSync(path) || path.endsWith('.tsbuildinfo')) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}
