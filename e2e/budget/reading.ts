import type { Measure } from './measure.ts'
import { heapOf, openSession, type Session, type Stage } from './stage.ts'

const MB = 1_000_000

/** Scrolling past many posts, back from one of them, and posts that arrive meanwhile; at the full speed of the machine. */
export async function measureReading(stage: Stage, count: number): Promise<Measure[]> {
  const session = await openSession(stage, 'desk')
  await session.page.locator('article').first().waitFor()
  const frames = await scrollPast(session, stage, Math.min(1000, count))
  const heap = (await heapOf(session)) / MB
  const nodes = await session.page.evaluate(() => document.querySelectorAll('*').length)
  const all = await session.cdp.send('Memory.getDOMCounters').then((counters) => counters.nodes)
  const back = await backFromPost(session)
  const moved = await whilePostsArrive(session, stage)
  const threads = await openThreads(session)
  await session.context.close()
  return [
    {
      name: `Frames over 50 ms, scrolling past ${Math.min(1000, count)} posts`,
      unit: '',
      value: frames,
      gate: 2,
      target: 0,
    },
    { name: 'Heap after them', unit: 'MB', value: heap, gate: 25, target: 12 },
    { name: 'Elements after them', unit: '', value: nodes, gate: 2500, target: 1200 },
    { name: 'All DOM nodes after them', unit: '', value: all, gate: 6000, target: 3000 },
    { name: 'Back from a post: drift', unit: 'px', value: back.drift, gate: 1, target: 0 },
    { name: 'Back from a post: time', unit: 'ms', value: back.ms, gate: 150, target: 70 },
    { name: '100 posts arrive while reading: movement', unit: 'px', value: moved, gate: 0, target: 0 },
    { name: 'Open and leave 50 threads: heap growth', unit: 'MB', value: threads / MB, gate: 10, target: 3 },
  ]
}

async function scrollPast({ page }: Session, stage: Stage, count: number): Promise<number> {
  const last = stage.posts.at(-count) ?? ''
  await page.evaluate(() => {
    const late = { frames: 0, at: performance.now() }
    Object.assign(globalThis, { late })
    const tick = (now: number) => {
      if (now - late.at > 50) late.frames += 1
      late.at = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  await page.mouse.move(640, 500)
  for (let step = 0; step < 3000; step += 1) {
    await page.mouse.wheel(0, 500)
    await page.waitForTimeout(16)
    if (step % 20 === 0 && (await page.locator(`article[data-id="${last}"]`).count()) > 0) break
  }
  return page.evaluate(() => (globalThis as unknown as { late: { frames: number } }).late.frames)
}

function cardInView({ page }: Session): Promise<{ id: string; top: number }> {
  return page.evaluate(() => {
    const cards = [...document.querySelectorAll<HTMLElement>('.column article.card')]
    const card = cards.find((one) => one.getBoundingClientRect().top > 120)
    return { id: card?.dataset.id ?? '', top: card?.getBoundingClientRect().top ?? 0 }
  })
}

const topOf = ({ page }: Session, id: string) =>
  page.locator(`article[data-id="${id}"]`).evaluate((card) => card.getBoundingClientRect().top)

async function backFromPost(session: Session): Promise<{ drift: number; ms: number }> {
  const { page } = session
  await page.waitForTimeout(500)
  const { id, top } = await cardInView(session)
  await page.locator(`article[data-id="${id}"] .card-time`).click()
  await page.getByRole('heading', { name: 'Thread' }).waitFor()
  await page.waitForTimeout(500)
  const ms = await page.evaluate(async (one) => {
    const from = performance.now()
    history.back()
    while (!document.querySelector(`.feed article[data-id="${one}"]`)) await new Promise(requestAnimationFrame)
    return performance.now() - from
  }, id)
  await page.waitForTimeout(300)
  return { drift: Math.abs((await topOf(session, id)) - top), ms }
}

const ARRIVING = 100

async function whilePostsArrive(session: Session, { town, writer }: Stage): Promise<number> {
  const { id, top } = await cardInView(session)
  for (let number = 0; number < ARRIVING; number += 1) await town.post(writer, { status: `Meanwhile ${number}` })
  await session.page.getByRole('button', { name: '40+ new posts' }).waitFor()
  await session.page.waitForTimeout(500)
  return Math.abs((await topOf(session, id)) - top)
}

const THREADS = 50

async function openThreads(session: Session): Promise<number> {
  const { page } = session
  const before = await heapOf(session)
  for (let number = 0; number < THREADS; number += 1) {
    const { id } = await cardInView(session)
    await page.locator(`article[data-id="${id}"] .card-time`).click()
    await page.getByRole('heading', { name: 'Thread' }).waitFor()
    await page.goBack()
    await page.getByRole('heading', { name: 'Home', exact: true }).waitFor()
    await page.mouse.wheel(0, 300)
    await page.waitForTimeout(50)
  }
  return (await heapOf(session)) - before
}
