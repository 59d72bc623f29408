import { brotliCompressSync, constants } from 'node:zlib'
import type { Plugin } from 'vite'

/** What the server sends for ever is compressed once, as far as it goes: `x.js.br` beside `x.js`. */
export function compressed(): Plugin {
  return {
    name: 'hamlet-compressed',
    enforce: 'post',
    generateBundle: {
      // Vite itself changes chunks that load others in this very step: what is compressed must be what is written.
      order: 'post',
      handler(_options, bundle) {
        if (this.environment.name !== 'client') return
        for (const [fileName, file] of Object.entries(bundle)) {
          if (!/\.(?:js|css|svg)$/.test(fileName)) continue
          const source = Buffer.from(file.type === 'chunk' ? file.code : file.source)
          const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: source.length }
          this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(source, { params }) })
        }
      },
    },
  }
}
