/* oxlint-disable unicorn/require-post-message-target-origin -- threads are no windows */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { act } from '../../scripts/api.ts'
import { addRemoteFollowers } from '../crowd.ts'
import { startTown, type Scenario } from '../scenario.ts'

const HOSTS = 100
const INBOXES_PER_HOST = 5
const LOOK_MS = 20
const TIMEOUT_MS = 5 * 60_000

/** A post to many inboxes on many servers, none shared: each delivery is a request with a signature of its own. */
export const deliveries: Scenario = {
  name: 'deliveries',
  what: `delivering posts to ${HOSTS * INBOXES_PER_HOST} inboxes on ${HOSTS} servers`,
  run: async (stage) => {
    const { inside } = await startTown(stage)
    const { author } = await inside.people('author')
    const worker = new Worker(new URL('../sinks.ts', import.meta.url), { workerData: { hosts: HOSTS } })
    stage.stack.defer(async () => void (await worker.terminate()))
    const ask = async <T>() => ((await once(worker, 'message')) as [T])[0]
    const ports = await ask<number[]>()
    await addRemoteFollowers(inside, author, ports, INBOXES_PER_HOST)
    const untilTaken = async (count: number) => {
      for (const from = performance.now(); performance.now() - from < TIMEOUT_MS; await sleep(LOOK_MS)) {
        worker.postMessage('how many?')
        if ((await ask<number>()) >= count) return performance.now()
      }
      throw new Error('The deliveries did not arrive')
    }
    const inboxes = HOSTS * INBOXES_PER_HOST
    // The first post opens the connections.
    await act(author, '/api/v1/statuses', { status: 'a first post' })
    await untilTaken(inboxes)
    const from = performance.now()
    const posts = Math.max(1, Math.ceil(stage.seconds / 2))
    for (let number = 1; number <= posts; number += 1)
      await act(author, '/api/v1/statuses', { status: `post ${number}` })
    const firstAt = await untilTaken(inboxes + 1)
    const lastAt = await untilTaken(inboxes * (posts + 1))
    const rate = (inboxes * posts * 1000) / (lastAt - from)
    return [
      { id: 'deliveries.rate', what: 'deliveries', value: rate, unit: 'deliveries/s', limit: 'sign' },
      { id: 'deliveries.first', what: 'until the first arrives', value: firstAt - from, unit: 'ms' },
    ]
  },
}
