/** Fetches the packages that only browser tests need, when they are missing or old, and runs the journeys, or the tool named first. */
import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../e2e')
const installed = join(folder, 'node_modules/.package-lock.json')
const isCurrent =
  existsSync(installed) && statSync(installed).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs

if (!isCurrent) {
  console.log('fetching the browser and its fonts (first run only) …')
  const install = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' })
  if (install.status !== 0) {
    console.error('The packages of e2e/ could not be installed: see the lines above.')
    process.exit(1)
  }
}
const [first = 'run.ts', ...rest] = process.argv.slice(2)
const [tool, ...given] = first.endsWith('.ts') ? [first, ...rest] : ['run.ts', first, ...rest]
const run = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', join(folder, tool), ...given], {
  cwd: folder,
  stdio: 'inherit',
})
process.exitCode = run.status ?? 1
