import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'
import { compressed } from './compress.ts'
import { messages } from './messages.ts'
import { buildSprite } from './sprite.ts'
import { worker, workers } from './worker.ts'

/** The icons that the app uses, as one file that caches for ever: `<use href="/icons.svg#reply">`. */
function sprite(): Plugin {
  return {
    name: 'hamlet-sprite',
    generateBundle() {
      if (this.environment.name === 'client')
        this.emitFile({ type: 'asset', fileName: 'icons.svg', source: buildSprite() })
    },
  }
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [messages(), sprite(), worker(join(import.meta.dirname, 'public')), compressed()],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  resolve: {
    alias: { react: 'preact/compat', 'react-dom': 'preact/compat', 'react/jsx-runtime': 'preact/jsx-runtime' },
  },
  publicDir: isSsrBuild ? false : 'public',
  build: isSsrBuild
    ? { outDir: 'dist/server', emptyOutDir: true, target: 'node24' }
    : {
        outDir: 'dist/client',
        emptyOutDir: true,
        manifest: true,
        target: 'es2023',
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: [
            'src/reader/reader.ts',
            'src/app/main.tsx',
            'src/styles/main.css',
            'src/sw/worker.ts',
            'src/sw/off.ts',
          ],
          output: {
            entryFileNames: ({ name }) => workers[name] ?? 'assets/[name]-[hash].js',
          },
        },
      },
  ssr: { noExternal: true },
}))
