import { defineConfig, type Plugin } from 'vite'
import { compressed } from './compress.ts'
import { messages } from './messages.ts'
import { buildSprite } from './sprite.ts'

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
  plugins: [messages(), sprite(), compressed()],
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
        rolldownOptions: { input: ['src/reader/reader.ts', 'src/app/main.tsx', 'src/styles/main.css'] },
      },
  ssr: { noExternal: true },
}))
