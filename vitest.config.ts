import { defineConfig } from 'vitest/config'
import { messages } from './web/messages.ts'

/** Server tests load modules as production does: Node's own type stripping and import map. */
export default defineConfig({
  test: {
    reporters: ['./scripts/vitest-reporter.ts'],
    projects: [
      {
        test: {
          name: 'server',
          root: './server',
          include: ['src/**/*.test.ts', 'test/**/*.test.ts', '../contract/src/**/*.test.ts'],
          pool: 'forks',
          isolate: false,
          maxWorkers: 2,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          globalSetup: ['./test/global-setup.ts'],
          experimental: { viteModuleRunner: false },
        },
      },
      {
        plugins: [messages({ hasPseudo: true })],
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'web',
          root: './web',
          include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
          environment: 'happy-dom',
        },
      },
    ],
  },
})
