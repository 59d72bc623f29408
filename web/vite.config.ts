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

type Graph = { getModuleInfo(id: string): { importedIds: readonly string[] } | null }

/**
 * What home needs is one file, where the bundler would make forty: every module that the app imports outright, but not
 * what the small scripts beside it share with it, since a page of theirs would then load the app.
 */
function core() {
  let members: Set<string> | undefined
  const reach = (graph: Graph, id: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(id)) return seen
    seen.add(id)
    for (const next of graph.getModuleInfo(id)?.importedIds ?? []) reach(graph, next, seen)
    return seen
  }
  return {
    name: (id: string, graph: Graph) => {
      if (!members) {
        const [app = '', ...others] = ['app/main.tsx', 'reader/reader.ts', 'sw/worker.ts', 'sw/off.ts'].map((path) =>
          join(import.meta.dirname, 'src', path),
        )
        members = reach(graph, app)
        members.delete(app)
        for (const other of others) for (const shared of reach(graph, other)) members.delete(shared)
      }
      return members.has(id) ? 'core' : null
    },
  }
}

export default defineConfig(({ command, isSsrBuild }) => ({
  plugins: [
    messages({ hasPseudo: command === 'serve' }),
    sprite(),
    worker(join(import.meta.dirname, 'public')),
    compressed(),
  ],
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
            'src/styles/public.css',
            'src/sw/worker.ts',
            'src/sw/off.ts',
          ],
          output: {
            entryFileNames: ({ name }) => workers[name] ?? 'assets/[name]-[hash].js',
            codeSplitting: { groups: [core()], includeDependenciesRecursively: false },
          },
        },
      },
  ssr: { noExternal: true },
}))
