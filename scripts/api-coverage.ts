/** Which endpoints of Mastodon's API this server answers: whole, truthfully empty, or not yet. `--missing` lists the last. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const { rooms } = (await import(join(root, 'server/src/app/rooms.ts'))) as typeof import('../server/src/app/rooms.ts')
const { federation } = (await import(
  join(root, 'server/src/app/ports.ts')
)) as typeof import('../server/src/app/ports.ts')

const plain = (path: string) => path.replaceAll(/:\w+/g, ':x')
const ours = new Map(
  [...rooms.flatMap((room) => room.routes), ...federation.routes].map((route) => [
    `${route.method} ${plain(route.path)}`,
    route.coverage === 'empty' ? 'empty' : 'whole',
  ]),
)
const theirs = readFileSync(join(root, 'server/test/fixtures/mastodon-endpoints.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
const found = theirs.map((line) => {
  const [method = '', path = ''] = line.split(' ')
  return { line, family: path.split('/')[3] ?? '', state: ours.get(`${method} ${plain(path)}`) ?? 'missing' }
})
const families = [...new Set(found.map((one) => one.family))].sort()
const count = (family: string | undefined, state: string) =>
  found.filter((one) => (family === undefined || one.family === family) && one.state === state).length
console.log(`${'family'.padEnd(24)} whole  empty  missing`)
for (const family of families) {
  const [whole, empty, missing] = ['whole', 'empty', 'missing'].map((state) => count(family, state))
  console.log(
    `${family.padEnd(24)} ${String(whole).padStart(5)}  ${String(empty).padStart(5)}  ${String(missing).padStart(7)}`,
  )
}
if (process.argv.includes('--missing'))
  for (const one of found.filter(({ state }) => state === 'missing')) console.log(`missing  ${one.line}`)
console.log(
  `${count(undefined, 'whole')} whole, ${count(undefined, 'empty')} empty, ${count(undefined, 'missing')} missing of ${found.length} endpoints`,
)
