import type { Page } from 'playwright-core'
import type { Measure } from './measure.ts'
import { openSession, throttle, type Stage } from './stage.ts'

type Noted = { worst: number; count: number }

/** Presses and keys on the slow phone: how long each takes to show (Event Timing, the longest of all). */
export async function measureActing(stage: Stage): Promise<Measure[]> {
  const session = await openSession(stage, 'phone')
  const { page } = session
  await page.locator('article').first().waitFor()
  await throttle(session)
  await watch(page)
  for (let round = 0; round < 30; round += 1) await page.keyboard.press('j')
  for (let round = 0; round < 20; round += 1) await page.keyboard.press('k')
  for (let round = 0; round < 10; round += 1) {
    await page.keyboard.press('j')
    await page.keyboard.press('f')
  }
  for (let round = 0; round < 10; round += 1) {
    await page.locator('article .act[aria-haspopup=menu]').nth(0).click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
  }
  const acting = await noted(page)
  await watch(page)
  await page.keyboard.press('n')
  const field = page.getByRole('dialog').getByRole('textbox').first()
  await field.waitFor()
  await field.fill('word '.repeat(400))
  for (let round = 0; round < 40; round += 1) await page.keyboard.press('a')
  const typing = await noted(page)
  await session.context.close()
  return [
    { name: `INP, worst of ${acting.count} presses and keys`, unit: 'ms', value: acting.worst, gate: 150, target: 80 },
    { name: 'A key in the composer, with 2,000 characters', unit: 'ms', value: typing.worst, gate: 50, target: 16 },
  ]
}

async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const found = { worst: 0, count: 0 }
    Object.assign(globalThis, { noted: found })
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
        if (!entry.interactionId) continue
        found.count += 1
        found.worst = Math.max(found.worst, entry.duration)
      }
    })
    observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit)
  })
}

async function noted(page: Page): Promise<Noted> {
  await page.waitForTimeout(500)
  return page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted)
}
