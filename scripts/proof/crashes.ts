import { setTimeout as sleep } from 'node:timers/promises'
import { ask, follow, read } from '../api.ts'
import type { Person } from '../inside.ts'
import type { Town } from './towns.ts'

export const KILLS = 5
const LANES = 4
const PAUSE_MS = 10
/** So much is posted between two kills, however slow the machine: the kill comes in the middle of everything. */
const POSTS_PER_LIFE = 60
const LOOK_MS = 5
const FOLLOW_UP_MS = 20

export type Posted = { authors: Person[]; readers: Person[]; acknowledged: Map<string, { id: string; uri: string }> }

export type CrashCount = {
  acknowledged: number
  lost: number
  doubled: number
  reached: number
  doubledAway: number
}

/**
 * People of A post while A is killed again and again, the first time together with B. What was not acknowledged is
 * sent again with the same Idempotency-Key, as apps do. What A was sending when it died is still on its way afterwards.
 */
export async function postThroughCrashes(a: Town, b: Town, say: (line: string) => void): Promise<Posted> {
  const authors = Object.values(await a.inside.people('writer_one', 'writer_two'))
  const readers = Object.values(await b.inside.people('reader_one', 'reader_two'))
  for (const [index, reader] of readers.entries()) {
    const author = authors[index] as Person
    await follow(reader, author.handle)
    await follow(author, reader.handle)
  }
  const acknowledged: Posted['acknowledged'] = new Map()
  let isOver = false
  const lane = async (number: number) => {
    const author = authors[number % authors.length] as Person
    for (let turn = 0; !isOver; turn += 1) {
      const key = `lane-${number}-${turn}`
      acknowledged.set(key, await postUntilAcknowledged(author, key))
      await sleep(PAUSE_MS)
    }
  }
  const lanes = Array.from({ length: LANES }, (_, number) => lane(number))
  try {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      for (const before = acknowledged.size; acknowledged.size < before + POSTS_PER_LIFE;) await sleep(LOOK_MS)
      await Promise.all(kill === 1 ? [crash(a), crash(b)] : [crash(a)])
      say(
        `kill -9 of A, ${kill} of ${KILLS}${kill === 1 ? ', and of B with it' : ''}: ${acknowledged.size} posts so far`,
      )
    }
  } finally {
    isOver = true
  }
  await Promise.all(lanes)
  return { authors, readers, acknowledged }
}

async function crash(town: Town): Promise<void> {
  await town.process.kill()
  await town.process.start()
}

async function postUntilAcknowledged(author: Person, key: string): Promise<{ id: string; uri: string }> {
  for (;;) {
    const answer = await ask(`${author.url}/api/v1/statuses`, {
      method: 'POST',
      token: author.token,
      json: { status: key },
      headers: { 'idempotency-key': key },
    }).catch(() => undefined)
    if (answer?.status === 200) return { id: answer.body.id, uri: answer.body.uri }
    await sleep(FOLLOW_UP_MS)
  }
}

type Shown = { id: string; uri: string; content: string }

/** Reads everything back as people would, and compares it with what was acknowledged. */
export async function countPosts({ authors, readers, acknowledged }: Posted): Promise<CrashCount> {
  const atHome: Shown[] = []
  for (const author of authors)
    atHome.push(...(await readAll(author, `/api/v1/accounts/${author.accountId}/statuses?limit=40`)))
  const away: Shown[] = []
  for (const reader of readers) away.push(...(await readAll(reader, '/api/v1/timelines/home?limit=40')))
  const idsHere = new Set(atHome.map((post) => post.id))
  const urisAway = new Set(away.map((post) => post.uri))
  const expected = [...acknowledged.values()]
  return {
    acknowledged: acknowledged.size,
    lost: expected.filter((post) => !idsHere.has(post.id)).length,
    doubled: countDoubles(atHome),
    reached: expected.filter((post) => urisAway.has(post.uri)).length,
    doubledAway: countDoubles(away),
  }
}

/** Each post has words of its own, so that two with the same are one too many, whatever their ids. */
function countDoubles(posts: Shown[]): number {
  return posts.length - new Set(posts.map((post) => post.content)).size
}

async function readAll(who: Person, path: string): Promise<Shown[]> {
  const found: Shown[] = []
  for (let older = ''; ;) {
    const page = (await read(who, `${path}${older}`)).body as Shown[]
    found.push(...page)
    const last = page.at(-1)
    if (!last) return found
    older = `&max_id=${last.id}`
  }
}
