import { act, follow, read } from '../../scripts/api.ts'
import { floors } from '../floors.ts'
import { load, type LoadOptions } from '../load.ts'
import { bearer, requireAnswered, SENDERS, startTown, type Scenario } from '../scenario.ts'

const READERS = 8

/** The home feed of people who follow a village and each other. */
export const home: Scenario = {
  name: 'home',
  what: 'reading the home feed, 20 posts a page',
  run: async (stage) => {
    const { town, inside } = await startTown(stage)
    const people = Object.values(
      await inside.people(...Array.from({ length: READERS }, (_, index) => `reader_${index}`)),
    )
    const [first] = people
    if (!first) return []
    town.hamlet('demo', 'load', '--follow', first.username)
    const village = (await read(first, `/api/v1/accounts/${first.accountId}/following`)).body as { id: string }[]
    for (const person of people) {
      for (const { id } of village) await act(person, `/api/v1/accounts/${id}/follow`)
      await act(person, '/api/v1/statuses', { status: `${person.username} is here` })
    }
    for (const [index, person] of people.entries())
      await follow(person, (people[(index + 1) % people.length] ?? first).handle)
    const options: LoadOptions = {
      url: town.url,
      seconds: stage.seconds,
      senders: SENDERS,
      status: 200,
      next: (number) => ({
        method: 'GET',
        path: '/api/v1/timelines/home',
        headers: bearer((people[number % people.length] ?? first).token),
      }),
    }
    const most = await load(options)
    const pace = floors['home.rate']?.atLeast ?? 0
    const paced = await load({ ...options, perSecond: pace })
    requireAnswered('home', most.failed + paced.failed)
    return [
      { id: 'home.rate', what: 'home feed, at most', value: most.rate, unit: 'requests/s', limit: 'http' },
      { id: 'home.p50', what: `home feed at ${pace}/s, p50`, value: paced.p50, unit: 'ms' },
      { id: 'home.p99', what: `home feed at ${pace}/s, p99`, value: paced.p99, unit: 'ms' },
    ]
  },
}
