import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Where the service worker and what switches it off are served: the place decides which pages a worker serves. */
export const workers: Record<string, string> = { worker: 'sw.js', off: 'sw-off.js' }

/** What the app opens with beside its entry: what it reads when there is no network. */
const OFFLINE =
  /web\/src\/(app\/(main\.tsx|touch\.ts)|api\/kept\.ts|features\/notifications\/notifications\.tsx|features\/install\/.*)$/
const PICTURES = ['logo.svg', 'avatar.svg', 'icon-192.png', 'badge.png']
/** web-spec 10 and 1.2, in bytes after compression. */
const SHELL_MAX = 200_000
const WORKER_MAX = 6_000

type Bundle = Parameters<Extract<Plugin['generateBundle'], (...args: never[]) => unknown>>[1]
const sizeOf = (content: string | Uint8Array) => gzipSync(content).length

/** Writes the list of the shell's files ahead of the worker: a change of any of them is a new worker. */
export function worker(publicDir: string): Plugin {
  return {
    name: 'hamlet-worker',
    enforce: 'post',
    generateBundle(_options, bundle) {
      if (this.environment.name !== 'client') return
      const shell = listShell(bundle, publicDir)
      const hash = createHash('sha256')
      for (const [file, content] of shell) hash.update(file).update(content)
      const bytes = [...shell.values()].reduce((sum, content) => sum + sizeOf(content), 0)
      if (bytes > SHELL_MAX) this.error(`The shell has ${bytes} bytes, and ${SHELL_MAX} are allowed`)
      const chunk = bundle[workers.worker as string]
      if (chunk?.type !== 'chunk') return this.error('There is no service worker')
      const list = { version: hash.digest('base64url').slice(0, 12), files: [...shell.keys()] }
      chunk.code = `self.SHELL=${JSON.stringify(list)};\n${chunk.code}`
      if (/^(import|export)\b/m.test(chunk.code)) this.error('The service worker must be one classic script')
      if (sizeOf(chunk.code) > WORKER_MAX) this.error(`The service worker has more than ${WORKER_MAX} bytes`)
    },
  }
}

/** Public paths and contents of everything that the app opens with. */
function listShell(bundle: Bundle, publicDir: string): Map<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>()
  const add = (name: string): void => {
    const one = bundle[name]
    if (!one || files.has(`/${name}`)) return
    files.set(`/${name}`, one.type === 'chunk' ? one.code : one.source)
    if (one.type === 'chunk') one.imports.forEach(add)
  }
  for (const [name, one] of Object.entries(bundle)) {
    const isWanted = one.type === 'chunk' ? OFFLINE.test(one.facadeModuleId ?? '') : /(^icons\.svg|\.css)$/.test(name)
    if (isWanted) add(name)
  }
  for (const name of PICTURES) files.set(`/${name}`, readFileSync(join(publicDir, name)))
  return files
}
