import { percentile, type Measure } from './measure.ts'
import { openSession, watchFetches, type Stage } from './stage.ts'

const ROUNDS = 100

/** Public pages as the server draws them, and what reading on costs in bytes. */
export async function measureServing(stage: Stage): Promise<Measure[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = performance.now()
    const answer = await fetch(`${stage.town.url}/@wren`, { headers: { accept: 'text/html' } })
    await answer.text()
    times.push(performance.now() - from)
  }
  const session = await openSession(stage, 'desk')
  const { page } = session
  await page.locator('article').first().waitFor()
  await page.waitForTimeout(500)
  const fetched = watchFetches(session)
  await page.mouse.move(640, 500)
  const last = stage.posts.at(-100) ?? ''
  for (let step = 0; step < 400 && (await page.locator(`article[data-id="${last}"]`).count()) === 0; step += 1) {
    await page.mouse.wheel(0, 400)
    await page.waitForTimeout(30)
  }
  const files = (await Promise.all(fetched)).filter(({ type }) => type === 'fetch' || type === 'xhr')
  await session.context.close()
  const wire = files.reduce((total, one) => total + one.wire, 0)
  return [
    {
      name: 'Public profile of 20 posts, asked and answered, p95',
      unit: 'ms',
      value: percentile(times, 0.95),
      gate: 30,
      target: 15,
    },
    { name: 'Reading 100 posts, bytes of posts, packed', unit: 'kB', value: wire / 1000, gate: 180, target: 120 },
  ]
}
