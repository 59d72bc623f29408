import type { Caller, Person, TestTown } from './test-town.ts'

/** One press of a button, and how often each status is the answer when all press at once. */
export type Press = { path: string; caller: Caller; gives: Record<number, number> }
export type World = { town: TestTown; owner: Person; fresh: () => Promise<Person> }
/** Makes something fresh to press on. */
export type MakePress = (world: World) => Promise<Press>

/** Twenty at once in `npm run test:long`; every test run has eight. */
export const TIMES = process.env.HAMLET_TEST_MATRIX === 'all' ? 20 : 8
export const all = (status: number) => ({ [status]: TIMES })
export const first = (status: number, others: number) => ({ [status]: 1, [others]: TIMES - 1 })

/** Somebody's post; gives its id. */
export async function write(town: TestTown, who: Person, json: Record<string, unknown> = {}): Promise<string> {
  const answer = await town.call('POST', '/api/v1/statuses', {
    token: who.token,
    json: { status: 'press me', ...json },
  })
  return answer.body.id as string
}
