import { floors } from '../floors.ts'
import { load, type LoadOptions } from '../load.ts'
import { bearer, requireAnswered, SENDERS, startTown, type Scenario } from '../scenario.ts'

const AUTHORS = 8

/** Posting through the API: from the request to the answer after the commit, with an Idempotency-Key each. */
export const posts: Scenario = {
  name: 'posts',
  what: 'writing posts',
  run: async (stage) => {
    const { town, inside } = await startTown(stage)
    const authors = Object.values(
      await inside.people(...Array.from({ length: AUTHORS }, (_, index) => `author_${index}`)),
    )
    const options = (run: string): LoadOptions => ({
      url: town.url,
      seconds: stage.seconds,
      senders: SENDERS,
      status: 200,
      next: (number) => ({
        method: 'POST',
        path: '/api/v1/statuses',
        headers: {
          ...bearer(authors[number % authors.length]?.token ?? ''),
          'content-type': 'application/json',
          'idempotency-key': `${run}-${number}`,
        },
        body: JSON.stringify({ status: `post ${number} of the ${run} run #bench` }),
      }),
    })
    const most = await load(options('fast'))
    const pace = floors['posts.rate']?.atLeast ?? 0
    const paced = await load({ ...options('paced'), perSecond: pace })
    requireAnswered('posts', most.failed + paced.failed)
    return [
      { id: 'posts.rate', what: 'posts, at most', value: most.rate, unit: 'posts/s', limit: 'commit' },
      { id: 'posts.p95', what: `posts at ${pace}/s, p95`, value: paced.p95, unit: 'ms' },
    ]
  },
}
